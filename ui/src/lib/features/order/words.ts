// A ticket's way in words.

import type { I18n } from '../../i18n/i18n.svelte';
import type { TicketView } from '../../ipc/bindings.gen';
import { tickOf } from './tick';

/** One sentence about where a ticket is, the core's own when there is a problem. */
export function tickSentence(ticket: TicketView | undefined, i18n: I18n): string {
  const words = i18n.t.order.tick;
  const tick = tickOf(ticket);
  if (ticket === undefined || tick === 'none') return words.none;
  if (tick === 'problem') return ticket.problem === null ? words.problem : i18n.say(ticket.problem);
  if (tick === 'waiting') {
    const { position, lane_length } = ticket;
    return position !== null && lane_length !== null ? words.queuedAt(position, lane_length) : words.queued;
  }
  return words[tick];
}

/** Seconds until the paper, counted down since the order was read; none when nothing is awaited. */
export function countdown(ticket: TicketView, elapsedMs: number, i18n: I18n): string | null {
  if (ticket.wait_ms === null || tickOf(ticket) === 'problem') return null;
  const left = ticket.wait_ms - elapsedMs;
  if (left <= 0) return i18n.t.order.tick.overdue;
  return i18n.t.order.tick.inSeconds(left < 1000 ? '1' : String(Math.ceil(left / 1000)));
}
