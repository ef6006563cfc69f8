// Orders without a table as one list: which are shown, and in which order a person sees to them.

import type { OrderContact, OrderStage, OrderSummary, OrderType } from '../../ipc/bindings.gen';

/** An order that is typed and not sent. */
export interface Unsent {
  order_id: string;
  order_type: OrderType;
  customer: string | null;
  units: number;
  contact: OrderContact;
}

export type Row =
  | { id: string; state: 'unsent'; type: OrderType; draft: Unsent }
  | { id: string; state: OrderStage; type: OrderType; order: OrderSummary; added: number };

/** What the list shows: everything that somebody still waits for, or one state. */
export const STATES = ['open', 'unsent', 'making', 'ready', 'handed_over'] as const;
export type ListState = (typeof STATES)[number];

function isIn(row: Row, shown: ListState): boolean {
  const { state } = row;
  // Something more is typed for an order that was sent.
  if (shown === 'unsent' && state !== 'unsent') return row.added > 0;
  // What was taken back whole stands with what is done.
  const done = state === 'handed_over' || state === 'over';
  if (shown === 'open') return !done;
  return shown === 'handed_over' ? done : state === shown;
}

/** When it was promised; what is promised for no time comes after all that is. */
function promised(row: Row): number {
  const contact = row.state === 'unsent' ? row.draft.contact : row.order.contact;
  return contact.promised_at ?? Number.POSITIVE_INFINITY;
}

/** What is not sent is the newest of all. */
function openedAt(row: Row): number {
  return row.state === 'unsent' ? Number.POSITIVE_INFINITY : row.order.opened_at;
}

const sooner = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);

/**
 * By what was promised, then by age; what is handed over by when it was, the last first. `added` are units that are typed
 * for orders that were sent.
 */
export function rowsOf(
  orders: readonly OrderSummary[],
  unsent: readonly Unsent[],
  added: ReadonlyMap<string, number> = new Map(),
): Row[] {
  const sent = (order: OrderSummary): Row => {
    return {
      id: order.id,
      state: order.stage,
      type: order.order_type,
      order,
      added: added.get(order.id) ?? 0,
    };
  };
  const rows: Row[] = [
    ...orders.map(sent),
    ...unsent.map((draft): Row => ({ id: draft.order_id, state: 'unsent', type: draft.order_type, draft })),
  ];
  const handedAt = (row: Row) => (row.state === 'unsent' ? null : (row.order.handed_over?.at ?? null));
  return rows.sort((a, b) => {
    const [last, other] = [handedAt(a), handedAt(b)];
    if (last !== null || other !== null) return sooner(other ?? Infinity, last ?? Infinity);
    return sooner(promised(a), promised(b)) || sooner(openedAt(a), openedAt(b));
  });
}

/** The rows of a state and a kind; `null` is every kind. */
export function shown(rows: readonly Row[], state: ListState, kind: OrderType | null): Row[] {
  return rows.filter((row) => isIn(row, state) && (kind === null || row.type === kind));
}
