// What a cook does besides ending tickets: takes note of changes, puts one first, works at all stations, or only looks.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallFailed } from '$lib/ipc/backend';
import { ALL, type Kitchen } from './kitchen.svelte';
import { line, ticket } from './testing';
import { arrives, Core, linkDown, memory, opened } from './testing-kitchen';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a change', () => {
  const marked = ({ marked }: Kitchen) => [...marked];

  it.each(['change', 'void'] as const)(
    'stands out from when a %s comes until it is touched',
    async (kind) => {
      const core = new Core();
      const { kitchen, touch } = await opened(core);
      await arrives(core, kitchen, 'c', { kind, lines: [line({ line_id: 'of-c' })] });
      expect(marked(kitchen)).toEqual(['c']);
      touch('c');
      expect(marked(kitchen)).toEqual([]);
    },
  );

  it('stands out again after a reload and after another station, until somebody has taken note of it', async () => {
    const core = new Core();
    const storage = memory();
    const { kitchen } = await opened(core, { storage });
    await arrives(core, kitchen, 'c', { kind: 'change', state: 'seen' });
    kitchen.choose('bar');
    await vi.advanceTimersByTimeAsync(0);
    expect(marked(kitchen)).toEqual([]);
    kitchen.choose('kitchen');
    await vi.advanceTimersByTimeAsync(0);
    expect(marked(kitchen)).toEqual(['c']);
    const again = await opened(core, { storage });
    expect(marked(again.kitchen)).toEqual(['c']);
    again.touch('c');
    const third = await opened(core, { storage });
    expect(marked(third.kitchen)).toEqual([]);
  });

  it('of a ticket that was known stands out too, also when it came while nobody looked', async () => {
    const core = new Core();
    const storage = memory();
    const { kitchen, heard } = await opened(core, { storage });
    kitchen.stop();
    const [first] = core.board;
    if (first) core.board[0] = { ...first, table: '5' };
    const again = await opened(core, { storage });
    expect([marked(again.kitchen), again.heard, heard]).toEqual([['a'], [], []]);
  });

  it('is taken note of by a key, one at a time, of those on the page alone', async () => {
    const core = new Core();
    core.board = ['c', 'd', 'e'].map((id, at) => ticket(id, { kind: 'change', number: at }));
    const { kitchen } = await opened(core);
    kitchen.acknowledgeNext(['d', 'e']);
    expect(marked(kitchen)).toEqual(['c', 'e']);
    kitchen.acknowledgeNext(['d', 'e']);
    kitchen.acknowledgeNext(['d', 'e']);
    expect(marked(kitchen)).toEqual(['c']);
  });

  it('is none when a recall brings the ticket back', async () => {
    const core = new Core();
    core.done = [ticket('c', { kind: 'change', number: 3, state: 'ready', ready_at: 5 })];
    const { kitchen } = await opened(core);
    const [back] = kitchen.view?.done ?? [];
    if (back) await kitchen.recall(back);
    expect(kitchen.tickets.map((one) => one.id)).toContain('c');
    expect(marked(kitchen)).toEqual([]);
  });
});

describe('a ticket that goes first', () => {
  const asked = (core: Core) => core.of('prioritise_ticket').map((one) => one.request['first']);

  it('stands there before the core has answered, and says so', async () => {
    const core = new Core();
    const { kitchen, shown } = await opened(core);
    const done = kitchen.putFirst(core.board[1] ?? ticket('none'), true);
    expect(shown()).toEqual(['b', 'a']);
    expect(kitchen.tickets[0]?.first_at).not.toBeNull();
    expect(await done).toBe(true);
    expect(shown()).toEqual(['b', 'a']);
  });

  it('goes back at once, and the core hears of both in their order', async () => {
    const core = new Core();
    core.failures = [linkDown()];
    const { kitchen, shown } = await opened(core);
    const there = kitchen.putFirst(core.board[1] ?? ticket('none'), true);
    const back = kitchen.putFirst(core.board[1] ?? ticket('none'), false);
    expect(shown()).toEqual(['a', 'b']);
    await vi.advanceTimersByTimeAsync(5_000);
    await Promise.all([there, back]);
    expect(asked(core)).toEqual([true, true, false]);
    expect(shown()).toEqual(['a', 'b']);
  });

  it('goes back with the core’s sentence when it is refused', async () => {
    const core = new Core();
    const { kitchen, shown } = await opened(core);
    core.failures = [new CallFailed('ticket_moved', 'Otra pantalla ya la cambió.')];
    expect(await kitchen.putFirst(core.board[1] ?? ticket('none'), true)).toBe(false);
    expect([shown(), kitchen.problem]).toEqual([['a', 'b'], 'Otra pantalla ya la cambió.']);
  });
});

describe('all stations', () => {
  it('stand on one board, each ticket with its station, and each act goes to its own', async () => {
    const core = new Core();
    core.board.push(ticket('beer', { station_id: 'bar', number: 1 }));
    const { kitchen, shown } = await opened(core, { station: ALL });
    expect(kitchen.tickets.map((one) => [one.id, kitchen.stationOf(one)])).toEqual([
      ['a', 'Cocina'],
      ['beer', 'Bar'],
      ['b', 'Cocina'],
    ]);
    expect([kitchen.shownIds, kitchen.station]).toEqual([['kitchen', 'bar'], null]);
    await kitchen.bump(kitchen.tickets[1] ?? ticket('none'));
    expect(shown()).toEqual(['a', 'b']);
    await kitchen.recallLast();
    expect(shown()).toEqual(['a', 'beer', 'b']);
  });

  it('hear what comes to any of them', async () => {
    const core = new Core();
    const { kitchen, heard, shown } = await opened(core, { station: ALL });
    core.board.push(ticket('beer', { station_id: 'bar', number: 9 }));
    const told = { ticket_id: 'beer', order_id: 'o', paper: null };
    kitchen.hear({ kind: 'ticket_changed', station_id: 'bar', ...told });
    await vi.advanceTimersByTimeAsync(0);
    expect([shown(), heard]).toEqual([['a', 'b', 'beer'], ['new']]);
  });

  it('name no station on the board of one', async () => {
    const { kitchen } = await opened(new Core());
    expect([kitchen.station, kitchen.stationOf(ticket('a'))]).toEqual(['Cocina', null]);
  });
});

describe('who may only look', () => {
  it('sees the board, and asks the core for nothing else', async () => {
    const core = new Core();
    core.done = [ticket('d', { number: 4, state: 'ready', ready_at: 5 })];
    const { kitchen, shown } = await opened(core, { mayAct: false });
    await kitchen.bump(ticket('a'));
    await kitchen.recallLast();
    await kitchen.putFirst(ticket('b'), true);
    await kitchen.see(['a', 'b']);
    expect(shown()).toEqual(['a', 'b']);
    expect(new Set(core.asked.map((one) => one.name))).toEqual(new Set(['list_kitchen_tickets']));
    expect([kitchen.undo, kitchen.problem]).toEqual([null, null]);
  });

  it('takes note of changes for themselves, and for no cook', async () => {
    const core = new Core();
    const storage = memory();
    core.board.push(ticket('c', { number: 3, kind: 'change' }));
    const looker = await opened(core, { storage, mayAct: false });
    looker.touch('c');
    const cook = await opened(core, { storage });
    expect([[...looker.kitchen.marked], [...cook.kitchen.marked]]).toEqual([[], ['c']]);
  });
});

describe('the stations of the house', () => {
  it('are followed when they become others, with what was read already', async () => {
    const core = new Core();
    const house = ['kitchen'];
    core.board.push(ticket('beer', { station_id: 'bar', number: 3 }));
    const { kitchen, shown } = await opened(core, { station: ALL, stationIds: house });
    expect(shown()).toEqual(['a', 'b']);
    const asked = core.asked.length;
    kitchen.follow();
    await vi.advanceTimersByTimeAsync(0);
    expect(core.asked).toHaveLength(asked);
    house.push('bar');
    kitchen.follow();
    await vi.advanceTimersByTimeAsync(0);
    expect(shown()).toEqual(['a', 'b', 'beer']);
    house.shift();
    kitchen.follow();
    await vi.advanceTimersByTimeAsync(0);
    expect([shown(), kitchen.shownIds]).toEqual([['beer'], ['bar']]);
  });
});
