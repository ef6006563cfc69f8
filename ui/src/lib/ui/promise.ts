// How much is left of what was promised: the one place that decides when a promise is near or late, so that colour, shape
// and words can never disagree.

import type { State } from './state';

/** A promise is near when so little is left. */
const NEAR_MS = 10 * 60_000;

export type Left = {
  state: State;
  /** Whole minutes: left, or past it when `late`. */
  minutes: number;
  late: boolean;
};

/** How much is left of what was promised. */
export function leftOf(promisedAt: number, now: number): Left {
  const left = promisedAt - now;
  if (left < 0) return { state: 'alarm', minutes: Math.floor(-left / 60_000), late: true };
  return { state: left <= NEAR_MS ? 'warn' : 'calm', minutes: Math.ceil(left / 60_000), late: false };
}
