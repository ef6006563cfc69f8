// Orders for this feature's tests.

import type { LineView, OrderView, TicketView } from '../../ipc/bindings.gen';
import { NOBODY } from './contact';
import type { CartLine } from './draft';
import { Drafts } from './drafts.svelte';
import type { Word } from './keeper';

export function orderView(fields: Partial<OrderView> = {}): OrderView {
  return {
    id: 'order-1',
    number: 12,
    order_type: 'dine_in',
    taken_as: 'dine_in',
    table: { id: 'table-3', name: '3', room: 'Salón' },
    customer: null,
    covers: 2,
    waiter: 'Ana',
    note: null,
    urgent: false,
    revision: 1,
    opened_at: 0,
    status: 'queued',
    net_minor: 0,
    tax_minor: 0,
    total_minor: 0,
    lines: [],
    courses: [],
    tickets: [],
    contact: NOBODY,
    stage: 'making',
    handed_over: null,
    can_mark_urgent: false,
    division: null,
    closed: false,
    merged_into: null,
    ...fields,
  };
}

export function ticketView(fields: Partial<TicketView> = {}): TicketView {
  return {
    id: 'ticket-1',
    order_id: 'order-1',
    station_id: 'kitchen',
    station: 'Cocina',
    stand_in: null,
    went_to: null,
    number: 41,
    kind: 'new',
    state: 'new',
    job: 'queued',
    copies: 0,
    possible_duplicate: false,
    position: 3,
    lane_length: 12,
    wait_ms: 4_000,
    cause: null,
    problem: null,
    created_at: 0,
    expected_at: null,
    settled_at: null,
    can_reprint: false,
    ...fields,
  };
}

export function lineView(id: string, fields: Partial<LineView> = {}): LineView {
  return {
    id,
    product_id: 'ajiaco',
    variant_id: null,
    name: 'Ajiaco',
    quantity: 1,
    unit_price_minor: 1_000,
    total_minor: 1_000,
    reason: null,
    modifiers: [],
    note: null,
    allergy: null,
    course: 1,
    seat: null,
    held: false,
    fired_at: null,
    voided: false,
    void: null,
    combo_line_id: null,
    ticket_id: null,
    ...fields,
  };
}

/** A plain wish for one unit of a product. */
export function wish(product: string, fields: Partial<CartLine> = {}): Omit<CartLine, 'id'> {
  return {
    product_id: product,
    variant_id: null,
    name: product,
    quantity: 1,
    modifier_ids: [],
    modifier_names: [],
    note: null,
    allergy: null,
    course: 1,
    seat: null,
    held: false,
    parts: [],
    ...fields,
  };
}

/** What the core was asked to keep of carts. */
export class KeptWords {
  said: [string, Word][] = [];

  keep(orderId: string, word: Word): void {
    this.said.push([orderId, { ...word }]);
  }
}

/** The carts of a terminal as they lie on a machine. */
export function draftsIn(storage: Storage, keeper = new KeptWords(), now = 1_000): Drafts {
  return new Drafts(storage, 'terminal-1', keeper, () => now);
}
