import { describe, expect, it } from 'vitest';
import { I18n } from '../../i18n/i18n.svelte';
import { CallFailed } from '../../ipc/backend';
import type { JobState, PaperView, PrinterCheck } from '../../ipc/bindings.gen';
import { MemoryStorage, ScriptedBackend } from '../../ipc/testing';
import { OpeningCheck, pageState } from './check.svelte';

function page(job_id: string, state: JobState): PaperView {
  return {
    job_id,
    kind: 'test',
    order_id: null,
    printer_id: job_id,
    printer: job_id,
    state,
    copy: 0,
    part: null,
    possible_duplicate: false,
    cause: null,
    problem: null,
    created_at: 0,
    settled_at: null,
  };
}

function checkOf(...papers: PaperView[]): PrinterCheck {
  const waiting = papers.filter((paper) => paper.state === 'queued').length;
  const summary = { es: 'Así va.', en: 'So far.' };
  return { papers, printed: papers.length - waiting, unconfirmed: 0, failed: 0, waiting, summary };
}

describe('the opening check', () => {
  it('follows its own pages, and hears of no others', async () => {
    let state: JobState = 'queued';
    const backend = new ScriptedBackend({
      check_printers: () => checkOf(page('bar', 'queued'), page('cocina', 'queued')),
      get_printer_check: () => checkOf(page('bar', state), page('cocina', 'queued')),
    });
    const check = new OpeningCheck(backend);
    check.hear({ kind: 'paper_changed', job_id: 'bar' });
    expect(backend.asked, 'nothing is asked before it begins').toEqual([]);
    await check.start();
    await expect.poll(() => backend.requests('get_printer_check').length).toBe(1);
    check.hear({ kind: 'paper_changed', job_id: 'another' });
    expect(backend.requests('get_printer_check')).toHaveLength(1);
    state = 'printed';
    check.hear({ kind: 'paper_changed', job_id: 'bar' });
    await expect.poll(() => check.check?.papers[0]?.state).toBe('printed');
    expect(backend.requests('get_printer_check').at(-1)).toEqual({ job_ids: ['bar', 'cocina'] });
  });

  it('prints nothing twice when its answer was lost', async () => {
    let lost = true;
    const backend = new ScriptedBackend({
      check_printers: () => {
        if (lost) throw new CallFailed('link_down', 'Sin conexión.');
        return checkOf();
      },
    });
    const check = new OpeningCheck(backend);
    await check.start();
    expect([check.problem, check.busy]).toEqual(['Sin conexión.', false]);
    lost = false;
    await check.start();
    await check.start();
    const ids = backend.requests('check_printers').map((one) => one.command_id);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(check.problem).toBeNull();
  });

  it('is not put back to its pages of before by an answer about them', async () => {
    let answer: (check: PrinterCheck) => void = () => undefined;
    let round = 0;
    const backend = new ScriptedBackend({
      check_printers: () => {
        round += 1;
        return checkOf(page(`page ${String(round)}`, 'queued'));
      },
      get_printer_check: () => new Promise((give) => (answer = give)),
    });
    const check = new OpeningCheck(backend);
    await check.start();
    await check.start();
    answer(checkOf(page('page 1', 'printed')));
    await expect.poll(() => backend.requests('get_printer_check').length).toBe(2);
    expect(check.check?.papers.map((paper) => paper.job_id)).toEqual(['page 2']);
  });

  it.each([
    ['printed', 'calm', 'Imprimió'],
    ['unconfirmed', 'warn', 'Mire si salió'],
    ['uncertain', 'warn', 'Mire si salió'],
    ['failed', 'alarm', 'No imprimió'],
    ['cancelled', 'alarm', 'No imprimió'],
    ['blocked', 'alarm', 'Detenida'],
    ['queued', 'busy', 'En espera'],
    ['sending', 'busy', 'Imprimiendo…'],
    ['sent', 'busy', 'Imprimiendo…'],
  ] as const)('says of a page that is %s: %s', (state, look, word) => {
    const i18n = new I18n(new MemoryStorage());
    expect(pageState(page('bar', state), false, i18n)).toEqual({ state: look, word });
  });

  it('says that a page is held up which waits for a reason', () => {
    const i18n = new I18n(new MemoryStorage());
    expect(pageState(page('bar', 'printed'), true, i18n).state, 'what is out is out').toBe('calm');
    expect(pageState(page('bar', 'queued'), true, i18n).state).toBe('alarm');
  });
});
