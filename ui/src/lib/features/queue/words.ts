// The print queue in few words: seconds when paper comes, the cause when it does not.

import type { I18n } from '../../i18n/i18n.svelte';
import { paperName } from '../../i18n/paper';
import type { BreakerState, LaneView, StationPulse, StuckJob } from '../../ipc/bindings.gen';
import type { State } from '../../ui/state';

export function pulseWord(pulse: StationPulse, i18n: I18n): string {
  if (!pulse.has_printer) return i18n.t.queue.noPrinter;
  if (pulse.stand_in !== null) return i18n.t.queue.at(pulse.stand_in);
  if (pulse.cause !== null && pulse.state !== 'calm' && pulse.state !== 'busy') {
    return i18n.t.queue.causes[pulse.cause];
  }
  return i18n.t.queue.toPaper(i18n.seconds(pulse.to_paper_ms));
}

/** Whether its paper does not come out, or not where people look for it. */
export function isTroubled(pulse: StationPulse): boolean {
  return pulse.state === 'warn' || pulse.state === 'alarm' || pulse.stand_in !== null;
}

/** The whole of it, for a tooltip or a reader. */
export function pulseSentence(pulse: StationPulse, i18n: I18n): string {
  const words = [`${pulse.station}: ${i18n.t.common.states[pulse.state]}`];
  if (pulse.has_printer) words.push(i18n.t.queue.toPaperLong(i18n.seconds(pulse.to_paper_ms)));
  words.push(i18n.t.queue.waiting(pulse.waiting));
  if (pulse.problem !== null) words.push(i18n.say(pulse.problem));
  return words.join(' · ');
}

/** The number of a ticket as its paper shows it; of another paper, what it is. */
export function paperNumber({ ticket_number, kind }: StuckJob): string {
  return ticket_number === null ? kind : String(ticket_number).padStart(3, '0');
}

/** What a person calls it: a station's ticket by its number, another paper by its kind. */
export function stuckName(job: StuckJob, i18n: I18n): string {
  const words = i18n.t.queue.stuck;
  if (job.ticket_number !== null) return words.ticket(job.station ?? job.printer, paperNumber(job));
  return `${paperName(job, i18n)} · ${job.printer}`;
}

/** Tickets that wait in a lane, of every urgency. */
export function waitingIn({ urgent, normal, low }: LaneView): number {
  return urgent + normal + low;
}

export function laneState(lane: LaneView): State {
  if (lane.cause !== null) return 'alarm';
  if (lane.paper_near_end) return 'warn';
  return lane.printing || waitingIn(lane) > 0 ? 'busy' : 'calm';
}

export function laneWord(lane: LaneView, i18n: I18n): string {
  if (lane.cause !== null) return i18n.t.queue.causes[lane.cause];
  if (lane.paper_near_end && !lane.printing) return i18n.t.queue.paperNearEnd;
  return lane.printing ? i18n.t.queue.printing : i18n.t.queue.idle;
}

/** How a printer's breaker looks. */
export const BREAKER_STATE: Record<BreakerState, State> = { closed: 'calm', half_open: 'busy', open: 'warn' };

/** Why the breaker is not closed and how that ends; null when there is nothing to say. */
export function breakerSentence(lane: LaneView, i18n: I18n): string | null {
  if (lane.breaker === 'closed') return null;
  if (lane.breaker === 'half_open') return i18n.t.queue.breaker.onTrial;
  return lane.breaker_until === null ? i18n.t.queue.breaker.byHand : i18n.t.queue.breaker.byItself;
}
