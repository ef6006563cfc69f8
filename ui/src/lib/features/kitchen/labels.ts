// What a ticket is called on the board: the same number as on its paper, and the place where it goes.

import type { KitchenLine, KitchenTicket } from '$lib/ipc/bindings.gen';
import type { Catalogue } from '$lib/i18n/es';

/** `#041`, as on the paper. */
export function ticketNumber(number: number): string {
  return `#${String(number).padStart(3, '0')}`;
}

/** Where it goes: the table by its name, or how the guest eats. */
export function placeOf(ticket: Pick<KitchenTicket, 'table' | 'order_type'>, t: Catalogue): string {
  if (ticket.table === null) return t.kitchen.place[ticket.order_type];
  return tableWords(ticket.table, t);
}

/** A table by its name; a name that is a number needs the word before it. */
export function tableWords(name: string, t: Catalogue): string {
  return /^\d/.test(name) ? t.kitchen.table(name) : name;
}

/** Who ordered and for whom, in one line. */
export function peopleOf(ticket: KitchenTicket, t: Catalogue): string {
  const order =
    ticket.table === null && ticket.customer === null ? t.kitchen.order(ticket.order_number) : null;
  const guests = ticket.covers === null ? null : t.kitchen.guests(ticket.covers);
  return [ticket.customer, order, ticket.waiter, guests, ticket.room]
    .filter((part): part is string => part !== null)
    .join(' · ');
}

/** What of what, in one line; without what was taken back. */
export function thingsOf(lines: readonly KitchenLine[]): string {
  return lines
    .filter((line) => !line.voided)
    .map((line) => `${String(line.quantity)} ${line.name}`)
    .join(' · ');
}
