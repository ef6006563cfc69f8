// What is new on the board since it was last read: which tickets arrived, which were rewritten under the
// cook's hands. The sounds are chosen from here, and what the board outlines until a cook has taken note of it.

import type { KitchenTicket } from '$lib/ipc/bindings.gen';

/** What a cook should hear, the most pressing last. */
export type Alert = 'late' | 'new' | 'change' | 'void' | 'urgent';

const PRESSING: readonly Alert[] = ['late', 'new', 'change', 'void', 'urgent'];

/** What of a ticket a cook takes note of. */
export interface Known {
  readonly lines: number;
  readonly voided: number;
  readonly urgent: boolean;
  readonly note: string | null;
  /** Where it goes, how it is served and where it went before. */
  readonly place: string;
}

export function knownOf(ticket: KitchenTicket): Known {
  return {
    lines: ticket.lines.length,
    voided: ticket.lines.filter((line) => line.voided).length,
    urgent: ticket.urgent,
    note: ticket.note,
    place: JSON.stringify([ticket.table, ticket.order_type, ticket.moved?.from ?? null]),
  };
}

function arrival(ticket: KitchenTicket): Alert {
  if (ticket.kind === 'void') return 'void';
  if (ticket.urgent) return 'urgent';
  return ticket.kind;
}

/** What happened to a ticket since it was known. */
export function rewriting(before: Known, after: Known): Alert | null {
  if (after.voided > before.voided || after.lines < before.lines) return 'void';
  if (after.urgent && !before.urgent) return 'urgent';
  const rewritten = after.lines > before.lines || after.note !== before.note || after.place !== before.place;
  return rewritten ? 'change' : null;
}

/** What is heard between two readings of one station; none when nothing is new. A recall brings nothing new. */
export function alertBetween(
  before: readonly KitchenTicket[],
  after: readonly KitchenTicket[],
  recalled: ReadonlySet<string>,
): Alert | null {
  const known = new Map(before.map((ticket) => [ticket.id, ticket]));
  const alerts = after.flatMap((ticket) => {
    const old = known.get(ticket.id);
    if (!old) return recalled.has(ticket.id) ? [] : [arrival(ticket)];
    return rewriting(knownOf(old), knownOf(ticket)) ?? [];
  });
  return mostPressing(alerts);
}

export function mostPressing(alerts: readonly Alert[]): Alert | null {
  return alerts.reduce<Alert | null>(
    (most, alert) => (most && PRESSING.indexOf(most) >= PRESSING.indexOf(alert) ? most : alert),
    null,
  );
}
