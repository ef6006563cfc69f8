// How old a ticket is, judged by its own products' preparation times: the one place that decides when a
// header turns amber or red, so that colour, shape and word can never disagree.

import type { KitchenTicket } from '$lib/ipc/bindings.gen';
import { isSlip } from './moved';

/** In time, soon late, late. */
export type Stage = 'calm' | 'warn' | 'late';

export interface Age {
  readonly stage: Stage;
  /** Milliseconds since the ticket was written, never negative. */
  readonly elapsed_ms: number;
  /** How much of the preparation time is used, 0 to 1. */
  readonly share: number;
}

/** A ticket wants attention once this much of its time is used. */
const WARN_SHARE = 0.6;

type Timed = Pick<KitchenTicket, 'created_at' | 'late_at'>;

/** Whether its preparation time is over. Where nothing is made, nothing is late. */
export function isLate(ticket: KitchenTicket, now: number): boolean {
  return !isSlip(ticket) && now >= ticket.late_at;
}

/** How old a slip is, of which nothing is made. */
export function ageOfSlip(ticket: Timed, now: number): Age {
  return { stage: 'calm', elapsed_ms: Math.max(0, now - ticket.created_at), share: 0 };
}

/** The age at an instant of the core's clock. */
export function ageOf(ticket: Timed, now: number): Age {
  const elapsed_ms = Math.max(0, now - ticket.created_at);
  const allowed_ms = Math.max(1, ticket.late_at - ticket.created_at);
  const share = Math.min(1, elapsed_ms / allowed_ms);
  const stage = now >= ticket.late_at ? 'late' : share >= WARN_SHARE ? 'warn' : 'calm';
  return { stage, elapsed_ms, share };
}

/** Minutes and seconds, as on a stopwatch: `06:20`, and `104:05` past the hour. */
export function stopwatch(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${String(minutes).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The age of a ticket, also of one that only tells something. */
export function ageOfTicket(ticket: KitchenTicket, now: number): Age {
  return isSlip(ticket) ? ageOfSlip(ticket, now) : ageOf(ticket, now);
}
