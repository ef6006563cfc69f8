// The orders as the pass sees them: whatever stations make, put together by the order that leaves together.

import type { HeldCourse, KitchenLine, KitchenTicket, KitchenView, TicketKind } from '$lib/ipc/bindings.gen';
import { heldTogether } from './merge';
import { isSlip } from './moved';

/** An order that was done this long ago has left, whoever forgot to say so. */
const WAITS_MS = 20 * 60_000;

/** What one station makes of an order. */
export interface Part {
  readonly station: string;
  /** Oldest first. */
  readonly tickets: readonly KitchenTicket[];
  readonly done: boolean;
}

/** A line of a part as it stands now. */
export interface PartLine {
  readonly key: string;
  readonly line: KitchenLine;
  /** Nobody makes it any more. */
  readonly gone: boolean;
  readonly made: boolean;
  /** Of which kind its ticket is, at the first of that ticket's lines where it is no new one. */
  readonly kind: Exclude<TicketKind, 'new'> | null;
}

/** The lines of a part, each once: the ticket that takes one back says nothing that its own line does not show. */
export function linesOf({ tickets }: Part): PartLine[] {
  const made = tickets.filter((ticket) => ticket.kind !== 'void');
  const shown = new Set(made.flatMap((ticket) => ticket.lines.map((line) => line.line_id)));
  const gone = new Set(
    tickets.flatMap((ticket) =>
      ticket.lines.filter((line) => line.voided || ticket.kind === 'void').map((line) => line.line_id),
    ),
  );
  return tickets.flatMap((ticket) =>
    ticket.lines
      .filter((line) => ticket.kind !== 'void' || !shown.has(line.line_id))
      .map((line, at) => ({
        key: `${ticket.id} ${line.line_id}`,
        line,
        gone: gone.has(line.line_id),
        made: ticket.state === 'ready',
        kind: at === 0 && ticket.kind !== 'new' ? ticket.kind : null,
      })),
  );
}

export interface PassOrder {
  readonly id: string;
  /** A ticket of it: it says for whom, and where the order goes now. */
  readonly about: KitchenTicket;
  /** What was noted for all of it, each once. */
  readonly notes: readonly string[];
  readonly parts: readonly Part[];
  /** What waits for its course. */
  readonly held: readonly HeldCourse[];
  /** Every station is done. */
  readonly ready: boolean;
  readonly urgent: boolean;
  /** Since when all that is still to make of it goes first; none while it does not. */
  readonly first_at: number | null;
  readonly created_at: number;
  /** Past this instant the order is late: the first of its tickets that is still to make is. */
  readonly late_at: number;
  /** When the last station was done; what came later is another errand. */
  readonly ready_at: number;
}

function partsOf(tickets: readonly KitchenTicket[], stations: readonly KitchenView[]): Part[] {
  return stations.flatMap(({ station_id, station }) => {
    const own = tickets.filter((ticket) => ticket.station_id === station_id);
    const done = own.every((ticket) => ticket.state === 'ready');
    return own.length === 0 ? [] : [{ station, tickets: own, done }];
  });
}

/** The oldest ticket, unless one says that the order has gone elsewhere since. */
function aboutOf(sorted: readonly KitchenTicket[]): KitchenTicket | undefined {
  return sorted.find((ticket) => ticket.moved !== null) ?? sorted[0];
}

/** The tickets of an order that are still to make. */
export function openOf({ parts }: Pick<PassOrder, 'parts'>): KitchenTicket[] {
  return parts.flatMap((part) => part.tickets).filter((ticket) => ticket.state !== 'ready');
}

function firstOf(open: readonly KitchenTicket[]): number | null {
  const firsts = open.flatMap((ticket) => ticket.first_at ?? []);
  return open.length > 0 && firsts.length === open.length ? Math.min(...firsts) : null;
}

/** An order without what is held of it. */
function orderOf(
  all: readonly KitchenTicket[],
  stations: readonly KitchenView[],
): Omit<PassOrder, 'held'> | null {
  // A slip makes nothing: no order waits for it.
  const tickets = all.filter((ticket) => !isSlip(ticket));
  const sorted = tickets.toSorted((a, b) => a.created_at - b.created_at || a.number - b.number);
  const about = aboutOf(sorted);
  if (!about) return null;
  const parts = partsOf(sorted, stations);
  const open = openOf({ parts });
  const timed = open.length > 0 ? open : sorted;
  return {
    id: about.order_id,
    about,
    notes: [...new Set(sorted.flatMap((ticket) => ticket.note ?? []))],
    parts,
    ready: open.length === 0,
    urgent: open.some((ticket) => ticket.urgent),
    first_at: firstOf(open),
    created_at: Math.min(...timed.map((ticket) => ticket.created_at)),
    late_at: Math.min(...timed.map((ticket) => ticket.late_at)),
    ready_at: Math.max(...sorted.map((ticket) => ticket.ready_at ?? 0)),
  };
}

/** How many courses there are in an order, with those that are held. */
export function coursesOf({ parts, held }: PassOrder): number {
  const lines = parts.flatMap((part) => part.tickets.flatMap((ticket) => ticket.lines));
  return new Set([...lines, ...held].map((one) => one.course)).size;
}

/** Every order of which these stations still know something. */
function everyOrder(stations: readonly KitchenView[]): PassOrder[] {
  const held = heldTogether(stations.flatMap((view) => view.held));
  const byOrder = new Map<string, KitchenTicket[]>();
  for (const ticket of stations.flatMap((view) => [...view.tickets, ...view.done])) {
    byOrder.set(ticket.order_id, [...(byOrder.get(ticket.order_id) ?? []), ticket]);
  }
  return [...byOrder.values()].flatMap((tickets) => {
    const order = orderOf(tickets, stations);
    return order ? { ...order, held: held.filter((course) => course.order_id === order.id) } : [];
  });
}

/** Whether a ready order is still of today's errands. */
function waits(order: PassOrder, stations: readonly KitchenView[]): boolean {
  const now = Math.max(0, ...stations.map((view) => view.now));
  return order.ready_at > now - WAITS_MS;
}

/** Whether an order was handed over, and no station has made more of it since. */
function isHanded(order: PassOrder, handed: ReadonlyMap<string, number>): boolean {
  return order.ready && order.ready_at <= (handed.get(order.id) ?? -1);
}

/**
 * The orders of these stations: those that can leave first, then what goes first, what is urgent, and the oldest. `handed`
 * says when an order was handed over; it comes back when a station makes something more of it.
 */
export function ordersOf(
  stations: readonly KitchenView[],
  handed: ReadonlyMap<string, number>,
): readonly PassOrder[] {
  return everyOrder(stations)
    .filter((order) => !order.ready || (!isHanded(order, handed) && waits(order, stations)))
    .sort(
      (a, b) =>
        Number(b.ready) - Number(a.ready) ||
        (a.first_at ?? Infinity) - (b.first_at ?? Infinity) ||
        Number(b.urgent) - Number(a.urgent) ||
        a.created_at - b.created_at,
    );
}

/** The orders that were handed over and could be brought back, the last one first. */
export function handedOf(
  stations: readonly KitchenView[],
  handed: ReadonlyMap<string, number>,
): readonly PassOrder[] {
  const places = new Map([...handed.keys()].map((id, at) => [id, at]));
  return everyOrder(stations)
    .filter((order) => isHanded(order, handed) && waits(order, stations))
    .sort((a, b) => (places.get(b.id) ?? 0) - (places.get(a.id) ?? 0));
}

/** What waits for its course of orders that have no card. */
export function heldAlone(
  stations: readonly KitchenView[],
  orders: readonly PassOrder[],
): readonly HeldCourse[] {
  const onCards = new Set(orders.map((order) => order.id));
  return heldTogether(stations.flatMap((view) => view.held)).filter(
    (course) => !onCards.has(course.order_id),
  );
}
