// What is new on the board since it was last read: which tickets arrived, which were rewritten under the
// cook's hands. The board outlines them until they are touched, and the sounds are chosen from here.

import type { KitchenTicket } from '$lib/ipc/bindings.gen';

/** What a cook should hear, the most pressing last. */
export type Alert = 'late' | 'new' | 'change' | 'void' | 'urgent';

const PRESSING: readonly Alert[] = ['late', 'new', 'change', 'void', 'urgent'];

export interface Changes {
  /** Tickets to outline until someone touches them. */
  readonly marked: readonly string[];
  /** The one sound for all of it; none when nothing is new. */
  readonly alert: Alert | null;
}

function arrival(ticket: KitchenTicket): Alert {
  if (ticket.kind === 'void') return 'void';
  if (ticket.urgent) return 'urgent';
  return ticket.kind;
}

/** What happened to a ticket that was on the board already. */
function rewriting(before: KitchenTicket, after: KitchenTicket): Alert | null {
  const voided = (ticket: KitchenTicket) => ticket.lines.filter((line) => line.voided).length;
  if (voided(after) > voided(before) || after.lines.length < before.lines.length) return 'void';
  if (after.urgent && !before.urgent) return 'urgent';
  const elsewhere =
    after.table !== before.table ||
    after.order_type !== before.order_type ||
    after.moved?.from !== before.moved?.from;
  const rewritten = after.lines.length > before.lines.length || after.note !== before.note || elsewhere;
  return rewritten ? 'change' : null;
}

/** Compares two readings of one station. A ticket that a recall brought back is neither new nor changed. */
export function changesBetween(
  before: readonly KitchenTicket[],
  after: readonly KitchenTicket[],
  recalled: ReadonlySet<string>,
): Changes {
  const known = new Map(before.map((ticket) => [ticket.id, ticket]));
  const marked: string[] = [];
  const alerts: Alert[] = [];
  for (const ticket of after) {
    const old = known.get(ticket.id);
    if (!old && recalled.has(ticket.id)) continue;
    const alert = old ? rewriting(old, ticket) : arrival(ticket);
    if (!alert) continue;
    alerts.push(alert);
    if (old || ticket.kind !== 'new') marked.push(ticket.id);
  }
  return { marked, alert: mostPressing(alerts) };
}

export function mostPressing(alerts: readonly Alert[]): Alert | null {
  return alerts.reduce<Alert | null>(
    (most, alert) => (most && PRESSING.indexOf(most) >= PRESSING.indexOf(alert) ? most : alert),
    null,
  );
}
