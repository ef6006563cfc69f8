import { describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type { PaperView } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { Bills, isSettled, stateOf } from './bills.svelte';

function paper(change: Partial<PaperView> = {}): PaperView {
  return {
    job_id: 'j1',
    kind: 'pre_bill',
    order_id: 'o1',
    printer_id: 'p1',
    printer: 'Bar',
    state: 'queued',
    copy: 0,
    part: null,
    possible_duplicate: false,
    cause: null,
    problem: null,
    created_at: 0,
    settled_at: null,
    ...change,
  };
}

describe('the report of a drawer', () => {
  it('is followed by what it is about, since a session has an X and a Z', async () => {
    let now = paper({ kind: 'report', order_id: null, state: 'sending' });
    const backend = new ScriptedBackend({
      print_cash_report: () => paper({ kind: 'report', order_id: null }),
      get_paper: () => now,
      get_uncertain_papers: () => ({ papers: [] }),
    });
    const bills = new Bills(backend);
    await bills.report('x s1', 's1', 'p1');
    await expect.poll(() => bills.of('x s1')?.state).toBe('sending');
    expect(bills.of('z s1')).toBeNull();
    now = { ...now, state: 'blocked' };
    bills.hear({ kind: 'paper_changed', job_id: 'j1' });
    await expect.poll(() => bills.of('x s1')?.state).toBe('blocked');
    await bills.report('x s1', 's1', null);
    const asked = backend.requests('print_cash_report');
    expect(asked.map((one) => one.printer_id)).toEqual(['p1', null]);
    expect(asked[0]?.command_id).not.toBe(asked[1]?.command_id);
  });
});

describe('the bill of an order', () => {
  it('is followed until it is on paper', async () => {
    let now = paper({ state: 'sending' });
    const backend = new ScriptedBackend({
      print_bill: () => paper(),
      get_paper: () => now,
      get_uncertain_papers: () => ({ papers: [] }),
    });
    const bills = new Bills(backend);
    await bills.print('o1', 'p1');
    expect(bills.of('o2')).toBeNull();
    await expect.poll(() => bills.of('o1')?.state).toBe('sending');
    now = paper({ state: 'printed' });
    bills.hear({ kind: 'paper_changed', job_id: 'other' });
    bills.hear({ kind: 'paper_changed', job_id: 'j1' });
    await expect.poll(() => bills.of('o1')?.state).toBe('printed');
    expect(backend.requests('get_paper').map((one) => one.job_id)).not.toContain('other');
  });

  it('is as it is now, also when it went on before its answer was here', async () => {
    const backend = new ScriptedBackend({
      print_bill: () => {
        bills.hear({ kind: 'paper_changed', job_id: 'j1' });
        return paper();
      },
      get_paper: () => paper({ state: 'sent' }),
      get_uncertain_papers: () => ({ papers: [] }),
    });
    const bills = new Bills(backend);
    await bills.print('o1', 'p1');
    await expect.poll(() => bills.of('o1')?.state).toBe('sent');
  });

  it('has its last word counted when two come at once', async () => {
    const answers: ((view: PaperView) => void)[] = [];
    const backend = new ScriptedBackend({
      print_bill: () => paper(),
      get_paper: () => new Promise((resolve) => answers.push(resolve)),
      get_uncertain_papers: () => ({ papers: [] }),
    });
    const bills = new Bills(backend);
    await bills.print('o1', 'p1');
    bills.hear({ kind: 'paper_changed', job_id: 'j1' });
    expect(answers).toHaveLength(1);
    answers[0]?.(paper({ state: 'sending' }));
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.(paper({ state: 'printed' }));
    await expect.poll(() => bills.of('o1')?.state).toBe('printed');
  });
});

describe('the parts of a bill', () => {
  it('are each followed as their own paper, whether all are asked for or one', async () => {
    const now: Record<string, PaperView> = {
      j1: paper({ state: 'printed' }),
      j2: paper({ job_id: 'j2', state: 'blocked' }),
    };
    const backend = new ScriptedBackend({
      print_parts: ({ part }) => ({
        papers: [1, 2]
          .filter((one) => (part ?? one) === one)
          .map((one) => ({ part: one, paper: paper({ job_id: `j${String(one)}` }) })),
      }),
      get_paper: ({ job_id }) => now[job_id] ?? paper(),
      get_uncertain_papers: () => ({ papers: [] }),
    });
    const bills = new Bills(backend);
    await bills.printParts('o1', 'p1', null);
    await expect.poll(() => bills.ofPart('o1', 1)?.state).toBe('printed');
    await expect.poll(() => bills.ofPart('o1', 2)?.state).toBe('blocked');
    expect([bills.of('o1'), bills.ofPart('o2', 1)]).toEqual([null, null]);
    now.j2 = paper({ job_id: 'j2', state: 'printed' });
    await bills.printParts('o1', 'p1', 2);
    await expect.poll(() => bills.ofPart('o1', 2)?.state).toBe('printed');
    const asked = backend.requests('print_parts');
    expect(asked.map((one) => one.part)).toEqual([null, 2]);
    expect(asked[0]?.command_id).not.toBe(asked[1]?.command_id);
  });
});

describe('a paper in doubt', () => {
  it('is asked about until somebody has said what became of it', async () => {
    let papers = [paper({ state: 'uncertain' }), paper({ job_id: 'j2', order_id: null, state: 'uncertain' })];
    const backend = new ScriptedBackend({
      get_uncertain_papers: () => ({ papers }),
      get_order: () => {
        throw new Error('No existe.');
      },
      answer_paper: () => paper({ state: 'printed' }),
    });
    const bills = new Bills(backend);
    bills.hear({ kind: 'alerts_changed', open: 1 });
    await expect.poll(() => bills.doubts.map((doubt) => doubt.paper.job_id)).toEqual(['j1', 'j2']);
    expect(await bills.answer('j1', 'came_out')).toBeNull();
    expect(backend.requests('answer_paper')[0]).toMatchObject({ job_id: 'j1', answer: 'came_out' });
    expect(bills.doubts.map((doubt) => doubt.paper.job_id)).toEqual(['j2']);
    papers = [];
    backend.answers.answer_paper = () => {
      throw new Error('Ya salió.');
    };
    expect(await bills.answer('j2', 'print_again')).toBe('Ya salió.');
    await expect.poll(() => bills.doubts).toEqual([]);
  });
});

describe('a drawer', () => {
  it('is said to be open once it is, and shut when it stays shut', async () => {
    let now = paper({ kind: 'drawer', order_id: null, state: 'sending' });
    const backend = new ScriptedBackend({
      kick_drawer: () => paper({ kind: 'drawer', order_id: null }),
      get_paper: () => now,
      get_uncertain_papers: () => ({ papers: [] }),
    });
    const bills = new Bills(backend);
    const opened = bills.kick('p1', 'Cambio');
    await expect.poll(() => backend.requests('get_paper').length).toBe(1);
    now = { ...now, state: 'failed', cause: 'paper_out' };
    bills.hear({ kind: 'paper_changed', job_id: 'j1' });
    expect((await opened).cause).toBe('paper_out');
    expect(backend.requests('kick_drawer')[0]).toMatchObject({ printer_id: 'p1', reason: 'Cambio' });
  });

  it('is not waited for by whoever may not look', async () => {
    const backend = new ScriptedBackend({
      kick_drawer: () => paper({ kind: 'drawer', order_id: null }),
      get_paper: () => {
        throw new CallFailed('not_allowed', 'Su rol no lo permite.');
      },
    });
    expect((await new Bills(backend).kick('p1', 'Cambio')).state).toBe('queued');
  });

  it('is not followed when its fate is known at once', async () => {
    const backend = new ScriptedBackend({ kick_drawer: () => paper({ state: 'unconfirmed' }) });
    const by = { user_id: 'jorge', pin: '2222' };
    expect((await new Bills(backend).kick('p1', 'Cambio', by)).state).toBe('unconfirmed');
    expect(backend.asked.find((one) => one.name === 'kick_drawer')?.approval).toEqual(by);
  });
});

describe('the state of a paper', () => {
  it('is settled when nothing more happens by itself', () => {
    const settled = (['queued', 'sending', 'sent', 'blocked', 'printed', 'failed', 'uncertain'] as const).map(
      (state) => isSettled(paper({ state })),
    );
    expect(settled).toEqual([false, false, false, false, true, true, true]);
  });

  it('has a colour that says whether a person is needed', () => {
    const states = (['queued', 'printed', 'unconfirmed', 'uncertain', 'blocked', 'failed'] as const).map(
      (state) => stateOf(paper({ state })),
    );
    expect(states).toEqual(['busy', 'calm', 'warn', 'warn', 'alarm', 'alarm']);
  });
});
