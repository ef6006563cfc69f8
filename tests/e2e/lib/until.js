/**
 * Waiting on a condition instead of on the clock: every wait of the suite goes through here, so that a
 * slow machine makes a run longer and not redder, and a wait that fails says what it waited for.
 */

/** Deadline of a wait, in milliseconds: far beyond what a loaded machine needs. */
export const PATIENCE_MS = 30_000;

const INTERVAL_MS = 50;

/**
 * Asks again and again until the answer is truthy, and returns it.
 * @template T
 * @param {string} what The condition in words, for the failure.
 * @param {() => T | Promise<T>} ask May throw: that counts as "not yet" and is told at the end.
 * @param {number} [patienceMs]
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(what, ask, patienceMs = PATIENCE_MS) {
  const deadline = Date.now() + patienceMs;
  let last = 'the answer was empty';
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return /** @type {NonNullable<T>} */ (answer);
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > deadline) throw new Error(`Waited ${patienceMs} ms in vain until ${what}: ${last}`);
    await new Promise((resume) => setTimeout(resume, INTERVAL_MS));
  }
}
