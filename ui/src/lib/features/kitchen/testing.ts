// Tickets and lines for this feature's tests, complete and believable unless a test says otherwise.

import type { KitchenLine, KitchenTicket } from '$lib/ipc/bindings.gen';

export function line(fields: Partial<KitchenLine> = {}): KitchenLine {
  return {
    line_id: 'line-1',
    product_id: 'ajiaco',
    quantity: 2,
    name: 'Ajiaco santafereño',
    modifiers: [],
    note: null,
    allergy: null,
    course: 1,
    seat: null,
    combo: null,
    voided: false,
    void_reason: null,
    ...fields,
  };
}

/** What tells a station that ticket 41 goes from table 12 to table 5. */
export function slip(id: string, fields: Partial<KitchenTicket> = {}): KitchenTicket {
  const moved = { from: '12', was: null, numbers: [41], things: [] };
  return ticket(id, { kind: 'change', number: 42, table: '5', lines: [], item_count: 0, moved, ...fields });
}

export function ticket(id: string, fields: Partial<KitchenTicket> = {}): KitchenTicket {
  return {
    id,
    order_id: `order-of-${id}`,
    station_id: 'kitchen',
    number: 41,
    order_number: 12,
    order_type: 'dine_in',
    table: '12',
    room: 'Salón',
    customer: null,
    covers: 4,
    waiter: 'Mesera Ana',
    kind: 'new',
    state: 'new',
    urgent: false,
    first_at: null,
    backup: false,
    note: null,
    moved: null,
    fired: null,
    promised_at: null,
    lines: [line()],
    item_count: 2,
    created_at: 1_000_000,
    ready_at: null,
    late_at: 1_600_000,
    ...fields,
  };
}
