import { describe, expect, it } from 'vitest';
import type { FloorView, OrderSummary, TableView } from '../../ipc/bindings.gen';
import { openOrders, tableOf } from './open';

const order = (id: string) => ({ id }) as OrderSummary;
const table = (id: string, ...orders: string[]) => ({ id, orders: orders.map(order) }) as TableView;
const floor: FloorView = {
  rooms: [
    { id: 'r', name: 'Salón', tables: [table('t1', 'a', 'b'), table('t2')] },
    { id: 's', name: 'Terraza', tables: [table('t3', 'c')] },
  ],
  others: [order('d')],
  now: 0,
};

describe('the open orders of the floor', () => {
  it('are those of all rooms, and those without a table after them', () => {
    const found = openOrders(floor).map((one) => [one.order.id, one.table?.id ?? null]);
    expect(found).toEqual([
      ['a', 't1'],
      ['b', 't1'],
      ['c', 't3'],
      ['d', null],
    ]);
    expect(openOrders(null)).toEqual([]);
  });

  it('know their table', () => {
    expect(tableOf(floor, 'b')?.id).toBe('t1');
    expect(tableOf(floor, 'd')).toBeNull();
    expect(tableOf(floor, 'z')).toBeNull();
  });
});
