// A till that nobody touches locks itself: whoever comes by must not act in another person's name.

import type { Timers } from '../../ipc/timers';

/** How long a till is left alone before it locks. */
export const IDLE_MS = 10 * 60_000;

/** Calls `lock` once, when the till was left alone for so long. */
export class Idle {
  readonly #timers: Timers;
  readonly #lock: () => void;
  #touchedAt: number;
  #stop: () => void = () => undefined;

  constructor(timers: Timers, lock: () => void) {
    this.#timers = timers;
    this.#lock = lock;
    this.#touchedAt = timers.now();
    this.#wait(IDLE_MS);
  }

  /** Somebody is there. */
  touch(): void {
    this.#touchedAt = this.#timers.now();
  }

  stop(): void {
    this.#stop();
  }

  #wait(ms: number): void {
    this.#stop = this.#timers.after(ms, () => {
      const left = this.#touchedAt + IDLE_MS - this.#timers.now();
      if (left > 0) this.#wait(left);
      else this.#lock();
    });
  }
}
