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
      stationIds: STATIONS,
      onReady: () => (rings += 1),
    });
    await pass.readAll();
    return pass;
  }

  beforeEach(() => {
    vi.useFakeTimers();
    rings = 0;
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

  it('reads only the station that something happened to, and once for all that happens meanwhile', async () => {
    const pass = await opened();
    const event = { station_id: 'Bar', ticket_id: 'beer', order_id: 'order' };
    for (let n = 0; n < 5; n += 1) pass.hear({ kind: 'ticket_changed', paper: null, ...event });
    pass.hear({ kind: 'ticket_changed', paper: null, ...event, station_id: 'Postres' });
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    const read = core.requests('get_kitchen_tickets');
    expect(read).toEqual(Array(2).fill({ station_id: 'Bar', ticket_ids: ['beer'] }));
  });

  it('has the orders of a station that is opened, and no more those of one that is closed', async () => {
    const pass = await opened();
    board.push(ticket('rib', { order_id: 'order', station_id: 'Parrilla' }));
    pass.show(['Cocina', 'Parrilla']);
    await vi.advanceTimersByTimeAsync(0);
    const stations = () => pass.orders[0]?.parts.map((part) => part.tickets[0]?.station_id);
    expect(stations()).toEqual(['Cocina', 'Parrilla']);
    const read = core.requests('list_kitchen_tickets').length;
    pass.show(['Cocina', 'Parrilla']);
    expect(core.requests('list_kitchen_tickets')).toHaveLength(read);
    pass.hear({
      kind: 'ticket_changed',
      paper: null,
      station_id: 'Bar',
      ticket_id: 'beer',
      order_id: 'order',
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(core.requests('get_kitchen_tickets')).toEqual([]);
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
});
