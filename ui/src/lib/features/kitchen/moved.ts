// Tickets that go to another table than they were written for, and the slips that tell of it.

import type { KitchenMove, KitchenTicket } from '$lib/ipc/bindings.gen';
import type { Catalogue } from '$lib/i18n/es';
import { tableWords } from './labels';

/** A slip tells of a move: there is nothing to make, and nothing to be late with. */
export function isSlip(ticket: Pick<KitchenTicket, 'moved' | 'lines'>): boolean {
  return ticket.moved !== null && ticket.lines.length === 0;
}

/** The table that it was for. */
export function fromOf(moved: KitchenMove, t: Catalogue): string {
  return moved.from === null ? t.kitchen.noPlace : tableWords(moved.from, t);
}
