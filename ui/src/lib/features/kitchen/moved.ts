// Tickets that go to another table than they were written for, or are served otherwise, and the slips that tell of it.

import type { KitchenMove, KitchenTicket } from '$lib/ipc/bindings.gen';
import type { Catalogue } from '$lib/i18n/es';
import { tableWords } from './labels';

/** A slip tells of a move: there is nothing to make, and nothing to be late with. */
export function isSlip(ticket: Pick<KitchenTicket, 'moved' | 'lines'>): boolean {
  return ticket.moved !== null && ticket.lines.length === 0;
}

/** The table that it was for, or how it was to be served. */
export function fromOf(moved: KitchenMove, t: Catalogue): string {
  if (moved.from !== null) return tableWords(moved.from, t);
  return moved.was === null ? t.kitchen.noPlace : t.kitchen.place[moved.was];
}

/** What a slip tells, in two or three words. */
export function slipWords(
  { moved, order_type }: Pick<KitchenTicket, 'moved' | 'order_type'>,
  t: Catalogue,
): string {
  return (moved?.was ?? null) === null ? t.kitchen.moved : t.kitchen.servedNow[order_type];
}
