import { describe, expect, it } from 'vitest';
import type { SetupFault, SetupFinding } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { Findings, mendOf, severityState } from './findings.svelte';

function finding(fault: SetupFault, severity: SetupFinding['severity'] = 'warning'): SetupFinding {
  return {
    fault,
    severity,
    message: { es: fault, en: fault },
    station_id: 'station',
    device_id: 'device',
    terminal_id: 'terminal',
    category_id: 'category',
    product_ids: [],
  };
}

describe('what is to be mended', () => {
  it.each([
    ['no_target', { sheet: 'chain', id: 'station' }],
    ['no_backup', { sheet: 'chain', id: 'station' }],
    ['no_printer_beside', { sheet: 'beside', id: 'terminal' }],
    ['two_owners', { sheet: 'owners', id: 'device' }],
    ['no_owner', { sheet: 'owners', id: 'device' }],
    ['unused', { sheet: 'assign', id: 'device' }],
    ['same_place', { sheet: 'remove', id: 'device' }],
    ['nowhere', null],
  ] as const)('leads to where it is mended: %s', (fault, mend) => {
    expect(mendOf(finding(fault))).toEqual(mend);
  });

  it('leads nowhere when nobody knows whose it is', () => {
    expect(mendOf({ ...finding('no_backup'), station_id: null })).toBeNull();
  });

  it('looks as bad as it is', () => {
    const looks = (['critical', 'warning', 'info'] as const).map((severity) =>
      severityState(finding('unused', severity)),
    );
    expect(looks).toEqual(['alarm', 'warn', 'info']);
  });

  it('is looked over again when the setup or the menu changes, and keeps what it knew', async () => {
    let list = [finding('no_backup')];
    const backend = new ScriptedBackend({ check_setup: () => ({ findings: list }) });
    const findings = new Findings(backend);
    await findings.read();
    list = [];
    findings.hear({ kind: 'alerts_changed', open: 1 });
    expect(findings.list).toHaveLength(1);
    findings.hear({ kind: 'settings_changed' });
    await expect.poll(() => findings.list).toEqual([]);
    backend.answers = {};
    findings.hear({ kind: 'menu_changed' });
    await expect.poll(() => findings.problem).toMatch(/no answer/);
    expect(findings.list).toEqual([]);
  });
});
