import { beforeEach, describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type { OrderStatus, OrderSummary, OrderView } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { Moves, type Carried, type Done, type Served, type Target } from './moves.svelte';

const LOST = new CallFailed('link_down', 'Sin conexión.');
const CLOSED = new CallFailed('order_closed', 'El pedido 1 está cerrado.');

function view(id: string, table: string | null, status: OrderStatus = 'printed'): OrderView {
  const place = table === null ? null : { id: table, name: table, room: 'Salón' };
  return { id, number: 1, table: place, status, waiter: 'Luis' } as OrderView;
}

function summary(id: string): OrderSummary {
  return { id, number: Number(id), waiter: 'Ana' } as OrderSummary;
}

const whole = (...ids: string[]): Carried => ({
  orders: ids.map((id) => ({ id, number: Number(id) })),
  lines: null,
  from: { id: 'a', name: 'a' },
});
const AT_A: Served = {
  id: '1',
  number: 1,
  order_type: 'dine_in',
  table: { id: 'a', name: 'a', room: 'Salón' },
};
const some: Carried = {
  ...whole('1'),
  lines: [
    { id: 'x', units: null },
    { id: 'y', units: 2 },
  ],
};
const table = (id: string, ...orders: string[]): Target => ({ id, name: id, orders: orders.map(summary) });

describe('orders that go elsewhere', () => {
  let backend: ScriptedBackend;
  let moves: Moves;
  let done: Done[];
  let failed: string[];

  beforeEach(() => {
    done = [];
    failed = [];
    backend = new ScriptedBackend({
      move_order: (request) => view(request.order_id, request.table_id),
      merge_orders: ({ from_order_id, to_order_id }) => ({
        from: view(from_order_id, 'a', 'merged'),
        to: view(to_order_id, 'b'),
      }),
      move_lines: ({ from_order_id, to_order_id }) => ({
        from: view(from_order_id, 'a'),
        to: view(to_order_id, 'a'),
      }),
      change_order_type: ({ order_id, table_id }) => view(order_id, table_id ?? null),
      give_order: ({ order_id }) => view(order_id, 'a'),
    });
    moves = new Moves({
      backend,
      done: (what) => done.push(what),
      failed: (sentence) => failed.push(sentence),
    });
  });

  it('go to a free table at once, and the table shows in the same turn that something is coming', async () => {
    moves.take(whole('1'));
    const under = moves.putOn(table('b'));
    expect([...moves.tables].sort()).toEqual(['a', 'b']);
    expect(moves.busy.has('1')).toBe(true);
    await under;
    expect(backend.requests('move_order')).toMatchObject([{ order_id: '1', table_id: 'b' }]);
    expect(done).toMatchObject([{ kind: 'moved', to: { id: 'b' } }]);
    expect([moves.carried, moves.working]).toEqual([null, false]);
  });

  it('ask at a table that is taken, and do what was answered', async () => {
    moves.take(whole('1'));
    await moves.putOn(table('b', '2'));
    expect(moves.asked?.orders.map((order) => order.id)).toEqual(['2']);
    expect(backend.asked).toEqual([]);
    await moves.into(whole('1'), '2', 'b');
    expect(backend.requests('merge_orders')).toMatchObject([{ from_order_id: '1', to_order_id: '2' }]);
    expect(done).toMatchObject([{ kind: 'joined', into: { id: '2' } }]);
    expect([moves.carried, moves.asked]).toEqual([null, null]);
  });

  it('go all together when a table with several is dragged', async () => {
    await moves.putOn(table('b'), whole('1', '2'));
    expect(backend.requests('move_order').map((request) => request.order_id)).toEqual(['1', '2']);
    expect(done).toHaveLength(1);
  });

  it('stay where they are when their own table is touched', async () => {
    moves.take(whole('1'));
    await moves.putOn(table('a', '1'));
    expect([moves.carried, backend.asked.length]).toEqual([null, 0]);
  });

  it('do nothing twice while one thing is under way', async () => {
    const first = moves.putOn(table('b'), whole('1'));
    await moves.putOn(table('c'), whole('1'));
    await first;
    expect(backend.requests('move_order').map((request) => request.table_id)).toEqual(['b']);
  });

  it('are asked for again under the same id after a lost answer, and stay in hand until then', async () => {
    const answer = backend.answers.move_order;
    backend.answers.move_order = () => Promise.reject(LOST);
    moves.take(whole('1'));
    await moves.putOn(table('b'));
    expect([failed, moves.carried]).toEqual([[LOST.message], whole('1')]);
    if (answer) backend.answers.move_order = answer;
    await moves.putOn(table('b'));
    const ids = backend.requests('move_order').map((request) => request.command_id);
    expect([ids.length, new Set(ids).size, done.length]).toEqual([2, 1, 1]);
  });

  it('are put back with the sentence of the core when it says no', async () => {
    backend.answers.move_order = () => Promise.reject(CLOSED);
    moves.take(whole('1'));
    await moves.putOn(table('b'));
    expect([failed, moves.carried, done]).toEqual([[CLOSED.message], null, []]);
  });

  it('take some lines to a free table as a new order, and go on where it broke off', async () => {
    const answer = backend.answers.move_order;
    backend.answers.move_order = () => Promise.reject(LOST);
    moves.take(some);
    await moves.putOn(table('b'));
    if (answer) backend.answers.move_order = answer;
    await moves.putOn(table('b'));
    const [made, ...again] = backend.requests('move_lines');
    expect(again, 'the new order is made once').toEqual([]);
    expect(made).toMatchObject({ from_order_id: '1', new_order: true, line_ids: ['x', 'y'] });
    expect(made?.pieces).toEqual([{ line_id: 'y', quantity: 2 }]);
    expect(backend.requests('move_order').map((request) => request.order_id)).toEqual([
      made?.to_order_id,
      made?.to_order_id,
    ]);
    expect(done.map((one) => one.kind)).toEqual(['moved']);
  });

  it('take some lines into an order that is there', async () => {
    moves.take(some);
    await moves.putOn(table('b', '2'));
    await moves.into(some, '2', 'b');
    expect(backend.requests('move_lines')).toMatchObject([
      { from_order_id: '1', to_order_id: '2', new_order: false, line_ids: ['x', 'y'] },
    ]);
  });

  it('split with the same new order when the answer was lost, and with another one the next time', async () => {
    const answer = backend.answers.move_lines;
    backend.answers.move_lines = () => Promise.reject(LOST);
    expect(await moves.split({ id: '1', number: 1 }, null, [{ id: 'x', units: null }])).toBe(false);
    if (answer) backend.answers.move_lines = answer;
    expect(await moves.split({ id: '1', number: 1 }, null, [{ id: 'x', units: null }])).toBe(true);
    expect(await moves.split({ id: '1', number: 1 }, null, [{ id: 'x', units: null }])).toBe(true);
    const [first, second, third] = backend.requests('move_lines');
    expect(second).toEqual(first);
    expect(third?.to_order_id).not.toBe(first?.to_order_id);
    expect(third?.command_id).not.toBe(first?.command_id);
  });

  it('are served as something else at once, and by the same command when its answer was lost', async () => {
    const answer = backend.answers.change_order_type;
    backend.answers.change_order_type = () => Promise.reject(LOST);
    expect(await moves.become(AT_A, 'take_away', null)).toBe(false);
    if (answer) backend.answers.change_order_type = answer;
    expect(await moves.become(AT_A, 'take_away', null)).toBe(true);
    const [first, second] = backend.requests('change_order_type');
    expect(first).toMatchObject({
      order_id: '1',
      order_type: 'take_away',
      table_id: null,
      share_table: false,
    });
    expect(second).toEqual(first);
    expect(done).toMatchObject([{ kind: 'became', was: AT_A, view: { table: null } }]);
  });

  it('sit down at the table that is touched, and beside others only when that was answered', async () => {
    const standing: Carried = { ...whole('1'), from: null, was: 'delivery' };
    moves.take(standing);
    await moves.putOn(table('b', '2'));
    expect([moves.asked?.target.id, backend.asked.length]).toEqual(['b', 0]);
    await moves.apart(standing, table('b', '2'));
    moves.take(standing);
    await moves.putOn(table('c'));
    const asked = backend.requests('change_order_type');
    expect(asked.map(({ table_id, share_table }) => [table_id, share_table])).toEqual([
      ['b', true],
      ['c', false],
    ]);
    expect(done).toMatchObject([{ was: { order_type: 'delivery', table: null } }, { kind: 'became' }]);
    expect(moves.carried).toBeNull();
  });

  it('are given to another waiter', async () => {
    expect(await moves.give({ id: '1', number: 1 }, 'luis')).toBe(true);
    expect(backend.requests('give_order')).toMatchObject([{ order_id: '1', user_id: 'luis' }]);
    expect(done).toMatchObject([{ kind: 'given', view: { waiter: 'Luis' } }]);
  });
});
