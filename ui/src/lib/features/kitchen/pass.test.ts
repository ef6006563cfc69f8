import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KitchenTicket, KitchenTickets, KitchenView } from '$lib/ipc/bindings.gen';
import { MemoryStorage, ScriptedBackend } from '$lib/ipc/testing';
import { systemTimers } from '$lib/ipc/timers';
import { Pass } from './pass.svelte';
import { ticket } from './testing';

const STATIONS = ['Cocina', 'Bar'];

describe('the pass', () => {
  let board: KitchenTicket[];
  let core: ScriptedBackend;
  let storage: MemoryStorage;
  let rings: number;
  let mayAct: boolean;
  let stations: readonly string[];

  function viewOf(station: string): KitchenView {
    const own = board.filter((one) => one.station_id === station);
    const pulse = { station_id: station, station } as KitchenView['pulse'];
    return {
      station_id: station,
      station,
      tickets: own.filter((one) => one.state !== 'ready'),
      done: own.filter((one) => one.state === 'ready'),
      held: [],
      pulse,
      now: 0,
    };
  }

  function some(ids: readonly string[]): KitchenTickets {
    return { tickets: board.filter((one) => ids.includes(one.id)), now: 0 };
  }

  function change(id: string, fields: Partial<KitchenTicket>): KitchenTicket {
    board = board.map((one) => (one.id === id ? { ...one, ...fields } : one));
    const changed = board.find((one) => one.id === id);
    if (!changed) throw new Error(`no ticket ${id}`);
    return changed;
  }

  async function opened(): Promise<Pass> {
    const pass = new Pass({
      backend: core,
      timers: systemTimers,
      storage,
      get stationIds() {
        return [...stations];
      },
      mayAct: () => mayAct,
      onReady: () => (rings += 1),
    });
    await pass.readAll();
    return pass;
  }

  beforeEach(() => {
    vi.useFakeTimers();
    rings = 0;
    mayAct = true;
    stations = STATIONS;
    storage = new MemoryStorage();
    board = [
      ticket('meat', { order_id: 'order', station_id: 'Cocina' }),
      ticket('beer', { order_id: 'order', station_id: 'Bar', number: 7 }),
    ];
    core = new ScriptedBackend({
      list_kitchen_tickets: (request) => viewOf(request.station_id),
      get_kitchen_tickets: (request) => some(request.ticket_ids),
      bump_ticket: (request) => change(request.ticket_id, { state: 'ready', ready_at: 2_000_000 }),
      recall_ticket: (request) => change(request.ticket_id, { state: 'seen', ready_at: null }),
    });
  });

  afterEach(() => void vi.useRealTimers());

  const look = (pass: Pass) => pass.orders.map((order) => order.parts.map((part) => part.done));

  it('shows what each station has done of an order, and rings once when all have', async () => {
    const pass = await opened();
    expect(look(pass)).toEqual([[false, false]]);
    for (const part of pass.orders[0]?.parts ?? []) await pass.bump(part);
    expect([look(pass), pass.orders[0]?.ready, rings]).toEqual([[[true, true]], true, 1]);
    await pass.readAll();
    expect(rings).toBe(1);
  });

  it('does not ring for what was ready before it looked', async () => {
    for (const id of ['meat', 'beer']) change(id, { state: 'ready', ready_at: 5 });
    const pass = await opened();
    expect([pass.orders[0]?.ready, rings]).toEqual([true, 0]);
  });

  it('gives a part back to its station', async () => {
    change('meat', { state: 'ready', ready_at: 5 });
    const pass = await opened();
    const [kitchen] = pass.orders[0]?.parts ?? [];
    if (kitchen) await pass.recall(kitchen);
    expect(look(pass)).toEqual([[false, false]]);
  });

  it('hands an order over, takes that back, and remembers it over a restart', async () => {
    for (const id of ['meat', 'beer']) change(id, { state: 'ready', ready_at: 5 });
    const pass = await opened();
    const [order] = pass.orders;
    if (order) pass.handOver(order);
    expect(pass.orders).toEqual([]);
    pass.takeBack();
    expect(pass.orders).toHaveLength(1);
    if (order) pass.handOver(order);
    const again = await opened();
    expect(again.orders).toEqual([]);
    expect(core.requests('bump_ticket')).toEqual([]);
  });

  it('takes back one order after the other, the last first, and any of them', async () => {
    board = ['a', 'b', 'c'].map((id, at) =>
      ticket(id, { order_id: id, station_id: 'Bar', state: 'ready', ready_at: 5 + at }),
    );
    const pass = await opened();
    const ids = () => pass.orders.map((order) => order.id).sort();
    for (const id of ['b', 'a', 'c']) {
      const order = pass.orders.find((one) => one.id === id);
      if (order) pass.handOver(order);
    }
    expect([ids(), pass.handed.map((order) => order.id)]).toEqual([[], ['c', 'a', 'b']]);
    pass.takeBack('a');
    pass.takeBack();
    expect([ids(), pass.handed.map((order) => order.id)]).toEqual([['a', 'c'], ['b']]);
    pass.takeBack();
    pass.takeBack();
    expect(ids()).toEqual(['a', 'b', 'c']);
  });

  it('takes back first what was handed over last, also when that was the second time', async () => {
    board = ['a', 'b'].map((id) =>
      ticket(id, { order_id: id, station_id: 'Bar', state: 'ready', ready_at: 5 }),
    );
    const pass = await opened();
    for (const order of pass.orders) pass.handOver(order);
    change('a', { ready_at: 9 });
    await pass.readAll();
    for (const order of pass.orders) pass.handOver(order);
    expect(pass.handed.map((order) => order.id)).toEqual(['a', 'b']);
  });

  it('is as old as the oldest of what is still to make', async () => {
    board = [
      ticket('urgent', { station_id: 'Bar', order_id: 'urgent', urgent: true, created_at: 30 }),
      ticket('old', { station_id: 'Bar', order_id: 'old', created_at: 20 }),
      ticket('ready', { station_id: 'Bar', order_id: 'ready', state: 'ready', ready_at: 25, created_at: 10 }),
    ];
    const pass = await opened();
    expect([pass.orders.length, pass.oldest]).toEqual([3, 20]);
    for (const id of ['urgent', 'old']) change(id, { state: 'ready', ready_at: 40 });
    await pass.readAll();
    expect(pass.oldest).toBeUndefined();
  });

  it('has all that is still to make of an order go first, and no longer', async () => {
    change('beer', { state: 'ready', ready_at: 5 });
    core.answers.prioritise_ticket = (request) =>
      change(request.ticket_id, { first_at: request.first ? 7 : null });
    const pass = await opened();
    const put = async (first: boolean) => {
      const [order] = pass.orders;
      return order ? pass.putFirst(order, first) : null;
    };
    expect([await put(true), pass.orders[0]?.first_at]).toEqual([true, 7]);
    expect([await put(true), await put(false), pass.orders[0]?.first_at]).toEqual([true, true, null]);
    const asked = core.requests('prioritise_ticket').map(({ ticket_id, first }) => [ticket_id, first]);
    expect(asked).toEqual([
      ['meat', true],
      ['meat', false],
    ]);
  });

  it('says why an order does not go first', async () => {
    core.answers.prioritise_ticket = () => {
      throw new Error('Su rol no lo permite.');
    };
    const pass = await opened();
    const [order] = pass.orders;
    expect([order && (await pass.putFirst(order, true)), pass.problem]).toEqual([
      false,
      'Su rol no lo permite.',
    ]);
  });

  it('reads all again when another course waits', async () => {
    const pass = await opened();
    const before = core.requests('list_kitchen_tickets').length;
    pass.hear({ kind: 'held_changed' });
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    expect(core.requests('list_kitchen_tickets').length - before).toBe(STATIONS.length);
  });

  it('reads only the station that something happened to, and once for all that happens meanwhile', async () => {
    const pass = await opened();
    const event = { station_id: 'Bar', ticket_id: 'beer', order_id: 'order' };
    for (let n = 0; n < 5; n += 1) pass.hear({ kind: 'ticket_changed', paper: null, ...event });
    pass.hear({ kind: 'ticket_changed', paper: null, ...event, station_id: 'Postres' });
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    const read = core.requests('get_kitchen_tickets');
    expect(read).toEqual(Array(2).fill({ station_id: 'Bar', ticket_ids: ['beer'] }));
  });

  it('says why a part is not done, and shows it as it is', async () => {
    const pass = await opened();
    core.answers = {
      list_kitchen_tickets: (request) => viewOf(request.station_id),
      get_kitchen_tickets: (request) => some(request.ticket_ids),
      bump_ticket: () => {
        throw new Error('Su rol no lo permite.');
      },
    };
    const [kitchen] = pass.orders[0]?.parts ?? [];
    if (kitchen) await pass.bump(kitchen);
    expect([pass.problem, look(pass)]).toEqual(['Su rol no lo permite.', [[false, false]]]);
  });

  it('has the parts of another station once the house has it', async () => {
    stations = ['Cocina'];
    const pass = await opened();
    expect(look(pass)).toEqual([[false]]);
    stations = STATIONS;
    pass.follow();
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    expect(look(pass)).toEqual([[false, false]]);
  });

  it('puts why away once somebody has read it', async () => {
    const pass = await opened();
    pass.problem = 'Su rol no lo permite.';
    pass.dismissProblem();
    expect(pass.problem).toBeNull();
  });

  it('asks nothing of the core for who may only look, and lets them hand over what is ready', async () => {
    change('meat', { state: 'ready', ready_at: 5 });
    mayAct = false;
    const pass = await opened();
    for (const part of pass.orders[0]?.parts ?? []) {
      await pass.bump(part);
      await pass.recall(part);
    }
    expect([core.requests('bump_ticket'), core.requests('recall_ticket')]).toEqual([[], []]);
    expect([look(pass), pass.problem]).toEqual([[[true, false]], null]);
    change('beer', { state: 'ready', ready_at: 6 });
    await pass.readAll();
    const [order] = pass.orders;
    if (order) pass.handOver(order);
    expect(pass.orders).toEqual([]);
  });
});
