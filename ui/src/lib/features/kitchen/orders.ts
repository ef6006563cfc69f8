// The orders as the pass sees them: whatever stations make, put together by the order that leaves together.

import type { KitchenLine, KitchenTicket, KitchenView, TicketKind } from '$lib/ipc/bindings.gen';
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
  /** Every station is done. */
  readonly ready: boolean;
  readonly urgent: boolean;
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

function orderOf(all: readonly KitchenTicket[], stations: readonly KitchenView[]): PassOrder | null {
  // A slip makes nothing: no order waits for it.
  const tickets = all.filter((ticket) => !isSlip(ticket));
  const sorted = tickets.toSorted((a, b) => a.created_at - b.created_at || a.number - b.number);
  const about = aboutOf(sorted);
  if (!about) return null;
  const open = sorted.filter((ticket) => ticket.state !== 'ready');
  const timed = open.length > 0 ? open : sorted;
  return {
    id: about.order_id,
    about,
    notes: [...new Set(sorted.flatMap((ticket) => ticket.note ?? []))],
    parts: partsOf(sorted, stations),
    ready: open.length === 0,
    urgent: open.some((ticket) => ticket.urgent),
    created_at: Math.min(...timed.map((ticket) => ticket.created_at)),
    late_at: Math.min(...timed.map((ticket) => ticket.late_at)),
    ready_at: Math.max(...sorted.map((ticket) => ticket.ready_at ?? 0)),
  };
}

/**
 * The orders of these stations: those that can leave first, then what is urgent, then the oldest. `handed` says when an
 * order was handed over; it comes back when a station makes something more of it.
 */
export function ordersOf(
  stations: readonly KitchenView[],
  handed: ReadonlyMap<string, number>,
): readonly PassOrder[] {
  const now = Math.max(0, ...stations.map((view) => view.now));
  const byOrder = new Map<string, KitchenTicket[]>();
  for (const ticket of stations.flatMap((view) => [...view.tickets, ...view.done])) {
    byOrder.set(ticket.order_id, [...(byOrder.get(ticket.order_id) ?? []), ticket]);
  }
  return [...byOrder.values()]
    .flatMap((tickets) => orderOf(tickets, stations) ?? [])
    .filter((order) => !order.ready || order.ready_at > Math.max(handed.get(order.id) ?? -1, now - WAITS_MS))
    .sort(
      (a, b) =>
        Number(b.ready) - Number(a.ready) ||
        Number(b.urgent) - Number(a.urgent) ||
        a.created_at - b.created_at,
    );
}
