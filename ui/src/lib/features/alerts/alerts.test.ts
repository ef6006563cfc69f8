import { describe, expect, it } from 'vitest';
import { en } from '../../i18n/en';
import { es } from '../../i18n/es';
import type { AlertsView, AlertView, Severity } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { Alerts, stateOf } from './alerts.svelte';

function alert(id: string, severity: Severity, resolvedAt: number | null = null): AlertView {
  return {
    id,
    kind: 'printer_trouble',
    severity,
    raised_at: 0,
    resolved_at: resolvedAt,
    text: { es: 'La impresora no tiene papel.', en: 'The printer has no paper.' },
  };
}

function answering(view: AlertsView): { backend: ScriptedBackend; alerts: Alerts } {
  const backend = new ScriptedBackend({ get_alerts: () => view });
  return { backend, alerts: new Alerts(backend) };
}

describe('the bell', () => {
  it('counts what is open and takes the look of the worst', async () => {
    const open = [alert('a', 'info'), alert('b', 'warning')];
    const { alerts } = answering({ shown: true, open, past: [alert('c', 'critical', 5)] });
    expect([alerts.shown, alerts.count, alerts.worst]).toEqual([false, 0, 'calm']);
    await alerts.kept.read();
    expect([alerts.shown, alerts.count, alerts.worst]).toEqual([true, 2, 'warn']);
  });

  it('is calm when all is over', async () => {
    const { alerts } = answering({ shown: true, open: [], past: [alert('a', 'critical', 5)] });
    await alerts.kept.read();
    expect([alerts.count, alerts.worst]).toEqual([0, 'calm']);
    expect(stateOf(alert('a', 'critical', 5))).toBe('calm');
    expect(stateOf(alert('a', 'critical'))).toBe('alarm');
  });

  it('reads again when alerts or settings change, and for nothing else', async () => {
    const { backend, alerts } = answering({ shown: true, open: [], past: [] });
    alerts.hear({ kind: 'alerts_changed', open: 1 });
    alerts.hear({ kind: 'alerts_changed', open: 2 });
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    expect(backend.requests('get_alerts')).toHaveLength(2);
    alerts.hear({ kind: 'menu_changed' });
    expect(backend.requests('get_alerts')).toHaveLength(2);
    alerts.hear({ kind: 'settings_changed' });
    expect(backend.requests('get_alerts')).toHaveLength(3);
  });

  it('keeps what it knows when it cannot read, and says why when it knows nothing', async () => {
    const { backend, alerts } = answering({ shown: true, open: [alert('a', 'warning')], past: [] });
    const well = { ...backend.answers };
    const fail = () => {
      throw new Error('La base de datos no responde.');
    };
    backend.answers = { get_alerts: fail };
    await alerts.kept.read();
    expect(alerts.kept.problem).toBe('La base de datos no responde.');
    backend.answers = well;
    await alerts.kept.read();
    backend.answers = { get_alerts: fail };
    await alerts.kept.read();
    expect([alerts.kept.problem, alerts.count]).toEqual([null, 1]);
  });

  it('speaks both languages', () => {
    expect(es.alerts.bell(0)).not.toBe(en.alerts.bell(0));
    expect(es.alerts.bell(1)).toContain('1 aviso');
    expect(es.alerts.bell(2)).toContain('2 avisos');
    expect(en.alerts.between('12:00', '12:05')).toContain('12:05');
  });
});
