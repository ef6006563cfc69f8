// What calls a cook to another page: the most pressing thing that stands there.

import type { KitchenTicket } from '$lib/ipc/bindings.gen';

/** Something urgent, or a change of which no cook has taken note. */
export type Call = 'urgent' | 'changed';

export function callOf(tickets: readonly KitchenTicket[], marked: ReadonlySet<string>): Call | null {
  if (tickets.some((ticket) => ticket.urgent)) return 'urgent';
  return tickets.some((ticket) => marked.has(ticket.id)) ? 'changed' : null;
}
