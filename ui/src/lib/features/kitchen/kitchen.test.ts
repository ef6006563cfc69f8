// The board answers at once, never loses a ticket that the core did not take, never does a thing twice, and
// reports as seen only what it was told to.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallFailed } from '$lib/ipc/backend';
import { systemTimers } from '$lib/ipc/timers';
import { Kitchen, UNDO_MS } from './kitchen.svelte';
import { PAPER_MS, WHOLE_MS } from './reader';
import { ticket } from './testing';
import { arrives, Core, linkDown, memory, opened } from './testing-kitchen';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a tap on «Listo»', () => {
  it('takes the ticket off before the core has answered', async () => {
    const core = new Core();
    const { kitchen, shown } = await opened(core);
    const bump = kitchen.bump(core.board[0] ?? ticket('none'));
    expect(shown()).toEqual(['b']);
    await bump;
    expect(shown()).toEqual(['b']);
    expect(core.done.map((one) => one.id)).toEqual(['a']);
  });

  it('counts once, however often it is tapped', async () => {
    const core = new Core();
    const { kitchen } = await opened(core);
    const first = ticket('a');
    await Promise.all([kitchen.bump(first), kitchen.bump(first)]);
    expect(core.of('bump_ticket')).toHaveLength(1);
  });

  it('brings the ticket back with the core’s sentence when it is refused', async () => {
    const core = new Core();
    core.failures = [new CallFailed('ticket_moved', 'Otra pantalla ya la cambió.')];
    const { kitchen, shown } = await opened(core);
    await kitchen.bump(ticket('a'));
    expect(shown()).toEqual(['a', 'b']);
    expect(kitchen.problem).toBe('Otra pantalla ya la cambió.');
    expect(kitchen.undo).toBeNull();
  });

  it('asks again under the same id when the answer was lost', async () => {
    const core = new Core();
    core.failures = [linkDown(), linkDown()];
    const { kitchen, shown } = await opened(core);
    const bump = kitchen.bump(ticket('a'));
    await vi.advanceTimersByTimeAsync(5_000);
    await bump;
    const ids = core.of('bump_ticket').map((one) => one.request['command_id']);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
    expect(shown()).toEqual(['b']);
    expect(kitchen.problem).toBeNull();
  });

  it('gives up in words when no answer ever comes', async () => {
    const core = new Core();
    core.failures = Array.from({ length: 9 }, linkDown);
    const { kitchen, shown } = await opened(core);
    const bump = kitchen.bump(ticket('a'));
    await vi.advanceTimersByTimeAsync(60_000);
    await bump;
    expect(shown()).toEqual(['a', 'b']);
    expect(kitchen.problem).toBe('No hay conexión.');
  });
});

describe('taking it back', () => {
  it('is offered for five seconds', async () => {
    const core = new Core();
    const { kitchen } = await opened(core);
    await kitchen.bump(ticket('a'));
    expect(kitchen.undo?.ticket.id).toBe('a');
    await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
    expect(kitchen.undo).not.toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    expect(kitchen.undo).toBeNull();
  });

  it('waits until the core knows that the ticket was done, and makes no sound', async () => {
    const core = new Core();
    core.failures = [linkDown()];
    const { kitchen, heard, shown } = await opened(core);
    void kitchen.bump(ticket('a'));
    const back = kitchen.recallLast();
    await vi.advanceTimersByTimeAsync(5_000);
    await back;
    expect(core.asked.map((one) => one.name).filter((name) => name.endsWith('_ticket'))).toEqual([
      'bump_ticket',
      'bump_ticket',
      'recall_ticket',
    ]);
    expect(shown()).toEqual(['a', 'b']);
    expect(heard).toEqual([]);
  });

  it('brings back the last one done when the bar is gone', async () => {
    const core = new Core();
    const { kitchen, shown } = await opened(core);
    await kitchen.bump(ticket('a'));
    await kitchen.bump(ticket('b'));
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    await kitchen.recallLast();
    expect(shown()).toEqual(['b']);
  });
});

describe('what a cook hears and sees', () => {
  it('reads the station again when stations changed: it may be called otherwise', async () => {
    const core = new Core();
    const { kitchen } = await opened(core);
    const reads = () => core.asked.filter(({ name }) => name === 'list_kitchen_tickets').length;
    const before = reads();
    kitchen.hear({ kind: 'stations_changed' });
    kitchen.hear({ kind: 'settings_changed' });
    await vi.advanceTimersByTimeAsync(0);
    expect(reads()).toBe(before + 1);
  });

  it('is silent at the start', async () => {
    const core = new Core();
    core.board.push(ticket('c', { number: 3, kind: 'void' }), ticket('d', { number: 4, late_at: 1 }));
    const { kitchen, heard } = await opened(core);
    kitchen.watchLate(1_100_000);
    expect(heard).toEqual([]);
  });

  it.each([
    ['new', { kind: 'new' }],
    ['change', { kind: 'change' }],
    ['void', { kind: 'void' }],
    ['urgent', { urgent: true }],
  ] as const)('hears what is %s as that', async (alert, fields) => {
    const core = new Core();
    const { kitchen, heard } = await opened(core);
    await arrives(core, kitchen, 'c', fields);
    expect(heard).toEqual([alert]);
  });

  it('reads only what it was told of, and all of it again later', async () => {
    const core = new Core();
    const { kitchen, shown } = await opened(core);
    const [whole, first] = [core.of('list_kitchen_tickets').length, core.board[0]];
    if (first) core.board[0] = { ...first, note: 'Sin afán' };
    const untouched = kitchen.tickets[1];
    for (const ticket_id of ['a', 'gone']) {
      kitchen.hear({ kind: 'ticket_changed', station_id: 'kitchen', ticket_id, order_id: 'o', paper: null });
    }
    await vi.advanceTimersByTimeAsync(0);
    expect(core.of('list_kitchen_tickets')).toHaveLength(whole);
    expect(core.of('get_kitchen_tickets').flatMap((one) => one.request['ticket_ids'])).toEqual(['a', 'gone']);
    expect([shown(), kitchen.tickets[0]?.note]).toEqual([['a', 'b'], 'Sin afán']);
    expect(kitchen.tickets[1]).toBe(untouched);
    core.board.pop();
    await vi.advanceTimersByTimeAsync(WHOLE_MS);
    expect(core.of('list_kitchen_tickets')).toHaveLength(whole + 1);
    expect(shown()).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(10 * WHOLE_MS);
    expect(core.of('list_kitchen_tickets')).toHaveLength(whole + 1);
  });

  it('waits with a ticket of which only the paper is further, for whatever else is read', async () => {
    const core = new Core();
    const { kitchen } = await opened(core);
    const asked = () => core.of('get_kitchen_tickets').map((one) => one.request['ticket_ids']);
    const told = { kind: 'ticket_changed', station_id: 'kitchen', order_id: 'o' } as const;
    const paper = { job: 'printed', place: null, wait_ms: null } as const;
    kitchen.hear({ ...told, ticket_id: 'a', paper });
    await vi.advanceTimersByTimeAsync(PAPER_MS - 1);
    expect(asked()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked()).toEqual([['a']]);
    kitchen.hear({ ...told, ticket_id: 'a', paper });
    kitchen.hear({ ...told, ticket_id: 'b', paper: null });
    await vi.advanceTimersByTimeAsync(2 * PAPER_MS);
    expect(asked()).toEqual([['a'], ['a', 'b']]);
  });

  it('reads all of it after a part could not be read', async () => {
    const core = new Core();
    const { kitchen, shown } = await opened(core);
    core.failures = [linkDown()];
    core.board.push(ticket('c', { number: 3 }));
    const told = { station_id: 'kitchen', order_id: 'o', paper: null } as const;
    kitchen.hear({ kind: 'ticket_changed', ticket_id: 'c', ...told });
    await vi.advanceTimersByTimeAsync(0);
    expect(shown()).toEqual(['a', 'b']);
    kitchen.hear({ kind: 'ticket_changed', ticket_id: 'b', ...told });
    await vi.advanceTimersByTimeAsync(0);
    expect(shown()).toEqual(['a', 'b', 'c']);
  });

  it('takes nothing of a station that is not shown any more', async () => {
    const core = new Core();
    const { kitchen } = await opened(core);
    const reading = kitchen.read();
    kitchen.leaveStation();
    await reading;
    expect(kitchen.view).toBeNull();
  });

  it('keeps a done ticket away while an older reading is on its way', async () => {
    const core = new Core();
    const { kitchen, shown } = await opened(core);
    const arrive = core.holdAnswers();
    void kitchen.read();
    await vi.advanceTimersByTimeAsync(0);
    const bump = kitchen.bump(core.board[0] ?? ticket('none'));
    await vi.advanceTimersByTimeAsync(0);
    expect(shown()).toEqual(['b']);
    arrive();
    await bump;
    expect(shown()).toEqual(['b']);
  });

  it('does not read for another station', async () => {
    const core = new Core();
    const { kitchen } = await opened(core);
    const before = core.asked.length;
    kitchen.hear({ kind: 'ticket_changed', station_id: 'bar', ticket_id: 'x', order_id: 'o', paper: null });
    await vi.advanceTimersByTimeAsync(0);
    expect(core.asked).toHaveLength(before);
  });

  it('reads once more, not many times, for events that come while it reads', async () => {
    const core = new Core();
    const { kitchen } = await opened(core);
    const before = core.of('list_kitchen_tickets').length;
    await Promise.all(Array.from({ length: 20 }, () => kitchen.read()));
    await vi.advanceTimersByTimeAsync(0);
    expect(core.of('list_kitchen_tickets').length - before).toBe(2);
  });

  it('hears a ticket become late once', async () => {
    const core = new Core();
    const { kitchen, heard } = await opened(core);
    kitchen.watchLate(1_599_999);
    expect(heard).toEqual([]);
    kitchen.watchLate(1_600_000);
    kitchen.watchLate(1_601_000);
    expect(heard).toEqual(['late']);
  });
});

describe('what counts as seen', () => {
  it('is reported once a ticket, and again when the report failed', async () => {
    const core = new Core();
    const { kitchen } = await opened(core);
    core.failures = [linkDown()];
    await kitchen.see(['a']);
    await kitchen.see(['a', 'b']);
    await kitchen.see(['a', 'b']);
    expect(core.of('see_tickets').map((one) => one.request['ticket_ids'])).toEqual([['a'], ['a', 'b']]);
  });
});

describe('the station', () => {
  it('is remembered for the window', async () => {
    const storage = memory();
    await opened(new Core(), { storage });
    const again = new Kitchen({
      backend: new Core().backend,
      timers: systemTimers,
      storage,
      stationIds: ['kitchen'],
      mayAct: () => true,
      hear: () => undefined,
    });
    expect(again.stationId).toBe('kitchen');
  });
});
