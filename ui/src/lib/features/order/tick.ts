// The tick of a sent line: how far its paper and its station are, in one sign.

import type { TicketView } from '../../ipc/bindings.gen';
import type { Tick } from '../../ui/tick';

/** A problem of the paper hides nothing: it goes before what the screen of the station has seen. */
export function tickOf(ticket: TicketView | undefined): Tick {
  if (!ticket) return 'none';
  if (ticket.state === 'cancelled' || ticket.job === 'cancelled') return 'cancelled';
  if (ticket.state === 'ready') return 'ready';
  if (ticket.job === 'blocked' || ticket.job === 'failed' || ticket.job === 'uncertain') return 'problem';
  if (ticket.problem !== null) return 'problem';
  if (ticket.state === 'seen') return 'seen';
  const ticks = {
    queued: 'waiting',
    on_slip: 'waiting',
    sending: 'sending',
    sent: 'sent',
    unconfirmed: 'unconfirmed',
    printed: 'printed',
  } as const;
  return ticks[ticket.job];
}

/** Whether its paper is still awaited; what a printer cannot prove is not awaited any more. */
export function isOpen(tick: Tick): boolean {
  return tick === 'waiting' || tick === 'sending' || tick === 'sent' || tick === 'problem';
}

/** "041": a station's number as the paper shows it. */
export function ticketNumber(ticket: { number: number }): string {
  return String(ticket.number).padStart(3, '0');
}
