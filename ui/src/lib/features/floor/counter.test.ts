import { describe, expect, it } from 'vitest';
import type { OrderContact, OrderStage, OrderSummary } from '../../ipc/bindings.gen';
import { rowsOf, shown, STATES, type Unsent } from './counter';

const NOBODY = { customer_id: null, phone: null, address: null, courier_note: null };
const contact = (promised_at: number | null): OrderContact => ({ ...NOBODY, promised_at });

function order(id: string, opened_at: number, promised_at: number | null, stage: OrderStage, handed = 0) {
  const handed_over = handed === 0 ? null : { at: handed, by: 'Ana' };
  const about = { contact: contact(promised_at), stage, handed_over };
  return { id, order_type: 'take_away', opened_at, ...about } as OrderSummary;
}

function unsent(order_id: string, promised_at: number | null): Unsent {
  return { order_id, order_type: 'delivery', customer: null, units: 1, contact: contact(promised_at) };
}

const ORDERS = [
  order('old', 1, null, 'making'),
  order('gone first', 2, 50, 'handed_over', 70),
  order('young', 3, null, 'ready'),
  order('late', 4, 100, 'making'),
  order('gone last', 5, null, 'handed_over', 90),
  order('soon', 6, 100, 'ready'),
  order('voided', 0, null, 'over'),
];
const ROWS = rowsOf(ORDERS, [unsent('typed', null), unsent('typed for eight', 99)]);
const ids = (state: (typeof STATES)[number], kind: 'delivery' | null = null) =>
  shown(ROWS, state, kind).map((row) => row.id);

describe('orders without a table', () => {
  it('stand by what was promised, then by age', () => {
    expect(ids('open')).toEqual(['typed for eight', 'late', 'soon', 'old', 'young', 'typed']);
  });

  it('are shown by state, and each is in one besides the whole', () => {
    expect(ids('unsent')).toEqual(['typed for eight', 'typed']);
    expect(ids('making')).toEqual(['late', 'old']);
    expect(ids('ready')).toEqual(['soon', 'young']);
    expect(ids('handed_over')).toEqual(['voided', 'gone last', 'gone first']);
    const each = STATES.slice(1).flatMap((state) => ids(state));
    expect(each.sort()).toEqual(ROWS.map((row) => row.id).sort());
  });

  it('stand among what is not sent when something more is typed for them', () => {
    const rows = rowsOf(ORDERS, [], new Map([['old', 2]]));
    expect(shown(rows, 'unsent', null).map((row) => row.id)).toEqual(['old']);
    expect(shown(rows, 'making', null).map((row) => row.id)).toEqual(['late', 'old']);
  });

  it('are shown by kind', () => {
    expect(ids('open', 'delivery')).toEqual(['typed for eight', 'typed']);
    expect(ids('ready', 'delivery')).toEqual([]);
  });
});
