import { describe, expect, it } from 'vitest';
import type { OrderStatus, OrderSummary, TableView } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { Floor } from './floor.svelte';
import { planOf } from './plan';
import { foremost, LATE_MS, orderState, orderTick } from './state';

const STATUSES: OrderStatus[] = [
  'received',
  'queued',
  'printing',
  'blocked',
  'sent',
  'printed',
  'preparing',
  'ready',
  'paid',
  'voided',
  'merged',
];

function order(number: number, status: OrderStatus, customer: string | null = null): OrderSummary {
  return {
    id: `order-${String(number)}`,
    number,
    order_type: 'dine_in',
    taken_as: 'dine_in',
    customer,
    covers: null,
    waiter: 'Ana',
    status,
    urgent: false,
    next_course: null,
    total_minor: 0,
    opened_at: 0,
    last_action_at: 0,
    waiting_since: 0,
    contact: { customer_id: null, phone: null, address: null, courier_note: null, promised_at: null },
    stage: 'making',
    handed_over: null,
  };
}

function table(
  name: string,
  place: [number, number, number, number],
  orders: OrderSummary[] = [],
): TableView {
  const [x, y, width, height] = place;
  return { id: name, name, seats: 4, x, y, width, height, shape: 'square', orders };
}

describe('the plan of a room', () => {
  const tables = [table('1', [1, 1, 3, 3]), table('2', [10, 1, 3, 3]), table('3', [5, 9, 8, 3])];

  it('fits into the room and keeps every table inside', () => {
    const plan = planOf(tables, { width: 860, height: 600 });
    expect(plan.width).toBeLessThanOrEqual(860.001);
    expect(plan.height).toBeLessThanOrEqual(600.001);
    for (const one of tables) {
      const place = plan.place(one);
      expect(place.left).toBeGreaterThanOrEqual(0);
      expect(place.left + place.width).toBeLessThanOrEqual(plan.width + 0.001);
      expect(place.top + place.height).toBeLessThanOrEqual(plan.height + 0.001);
    }
  });

  it('never makes a table smaller than a thumb, even where that needs scrolling', () => {
    const plan = planOf(tables, { width: 80, height: 60 });
    const place = plan.place(table('1', [1, 1, 3, 3]));
    expect(Math.min(place.width, place.height)).toBeGreaterThanOrEqual(48);
    expect(plan.width).toBeGreaterThan(80);
  });

  it('does not blow up a room of one table', () => {
    const place = planOf([table('1', [0, 0, 2, 2])], { width: 4_000, height: 3_000 }).place(
      table('1', [0, 0, 2, 2]),
    );
    expect(place.width).toBeLessThanOrEqual(200);
  });
});

describe('the floor', () => {
  it('shows the most pressing order of a table', () => {
    expect(foremost([], 0)).toBeNull();
    expect(foremost([order(1, 'printed'), order(2, 'blocked'), order(3, 'queued')], 0)?.number).toBe(2);
    expect(foremost([order(1, 'ready'), order(3, 'printing')], 0)?.number).toBe(3);
  });

  it('is busy until every ticket is proved, late when that takes long, and says how far it is', () => {
    const at = (status: OrderStatus, now: number) => {
      const one = order(1, status);
      return [orderState(one, now), orderTick(one)];
    };
    const LATER = LATE_MS + 1;
    const fired = { ...order(1, 'queued'), last_action_at: 0, waiting_since: LATER };
    expect(orderState(fired, LATER), 'what is fired late is not late at once').toBe('busy');
    expect(orderState({ ...fired, last_action_at: 2 * LATER }, 3 * LATER), 'nor timely by another act').toBe(
      'warn',
    );
    const found = STATUSES.map((status) => [status, at(status, 0), at(status, LATER)[0]]);
    expect(found).toEqual([
      ['received', ['calm', 'none'], 'calm'],
      ['queued', ['busy', 'waiting'], 'warn'],
      ['printing', ['busy', 'sending'], 'warn'],
      ['blocked', ['alarm', 'problem'], 'alarm'],
      ['sent', ['busy', 'unconfirmed'], 'busy'],
      ['printed', ['calm', 'printed'], 'calm'],
      ['preparing', ['calm', 'seen'], 'calm'],
      ['ready', ['calm', 'ready'], 'calm'],
      ['paid', ['calm', 'ready'], 'calm'],
      ['voided', ['info', 'cancelled'], 'info'],
      ['merged', ['info', 'none'], 'info'],
    ]);
  });

  it('finds a table by its whole name before a longer one, an order by its number or guest', async () => {
    const room = (id: string, tables: TableView[]) => ({ id, name: id, tables });
    const view = {
      rooms: [
        room('Salón', [
          table('12', [0, 0, 1, 1]),
          table('13', [1, 0, 1, 1], [order(77, 'queued', 'Rosalía')]),
        ]),
        room('Terraza', [table('1', [0, 0, 1, 1])]),
      ],
      others: [order(90, 'queued', 'José')],
      now: 0,
    };
    const floor = new Floor(new ScriptedBackend({ get_floor: () => view }));
    await floor.kept.read();
    expect(floor.find('1')).toMatchObject({ table: { name: '1' } });
    expect(floor.find('rosalia')).toMatchObject({ table: { name: '13' } });
    expect(floor.find('77')).toMatchObject({ table: { name: '13' } });
    expect(floor.find('jose')).toMatchObject({ order: { number: 90 } });
    expect(floor.find('99')).toBeNull();
  });
});
