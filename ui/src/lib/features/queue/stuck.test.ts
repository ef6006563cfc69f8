import { describe, expect, it } from 'vitest';
import type { StuckJob, StuckJobs } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { Stuck } from './stuck.svelte';

function job(id: string, state: StuckJob['state'] = 'failed'): StuckJob {
  return {
    job_id: id,
    kind: 'kitchen',
    ticket_id: `t-${id}`,
    order_id: `o-${id}`,
    station: 'Bar',
    printer: 'Bar',
    ticket_number: 7,
    order_number: 12,
    table: null,
    customer: null,
    part: null,
    state,
    cause: 'paper_out',
    problem: { es: 'Sin papel en Bar: cambie el rollo.', en: 'Out of paper at Bar: change the roll.' },
    attempts: 1,
    copy: 0,
    possible_duplicate: false,
    created_at: 0,
    next_try: null,
    can_retry: true,
    can_clear: true,
  };
}

function list(...jobs: StuckJob[]): StuckJobs {
  return { jobs, more: false, now: 0 };
}

describe('tickets that need a person', () => {
  it('are read with every pulse, and counted when they failed', async () => {
    const backend = new ScriptedBackend({ list_stuck_jobs: () => list(job('a'), job('b', 'blocked')) });
    const stuck = new Stuck(backend);
    stuck.hear({ kind: 'menu_changed' });
    expect(backend.asked).toHaveLength(0);
    stuck.hear({ kind: 'pulse_changed', stations: [], papers_failed: 0, turbo: false });
    await stuck.read();
    expect([stuck.jobs.length, stuck.failed]).toEqual([2, 1]);
  });

  it('are tried anew one by one or all that failed, and given up with a reason', async () => {
    const backend = new ScriptedBackend({
      list_stuck_jobs: () => list(job('a')),
      retry_jobs: () => list(),
      clear_jobs: () => list(),
    });
    const stuck = new Stuck(backend);
    await stuck.retry('a');
    await stuck.retry(null);
    expect(backend.requests('retry_jobs').map((one) => one.job_ids)).toEqual([['a'], null]);
    expect(await stuck.clear('a', 'Ya se avisó')).toBe(true);
    expect(backend.requests('clear_jobs')[0]).toMatchObject({ job_ids: ['a'], reason: 'Ya se avisó' });
    expect(stuck.jobs).toEqual([]);
  });

  it('say why a wish was refused, and show what is still there', async () => {
    const backend = new ScriptedBackend({
      list_stuck_jobs: () => list(job('b')),
      retry_jobs: () => {
        throw new Error('Esa comanda ya no espera una decisión.');
      },
    });
    const stuck = new Stuck(backend);
    await stuck.retry('a');
    expect(stuck.problem).toBe('Esa comanda ya no espera una decisión.');
    await stuck.read();
    expect(stuck.jobs.map((one) => one.job_id)).toEqual(['b']);
    expect(stuck.busy).toBeNull();
  });
});
