// Telling the core what a cook did, until it has answered.

import { isUnanswered } from '$lib/ipc/backend';
import type { Timers } from '$lib/ipc/timers';

const RETRY_MS = 1_000;
const ATTEMPTS = 5;

/**
 * Asks again when the answer was lost; the request has an id, so nothing happens twice. Rejects with the core's refusal, or
 * when no answer ever comes.
 */
export async function insist(timers: Timers, call: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await call();
      return;
    } catch (error) {
      if (!isUnanswered(error) || attempt === ATTEMPTS) throw error;
      await new Promise<void>((resume) => timers.after(RETRY_MS, resume));
    }
  }
}
