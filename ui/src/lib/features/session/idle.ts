// A till that nobody touches locks itself: whoever comes by must not act in another person's name.

import type { Timers } from '../../ipc/timers';

/** Calls `lock` once, when the till was left alone for so long. */
export class Idle {
  readonly #timers: Timers;
  readonly #lock: () => void;
  /** How long it may be left alone, in milliseconds; what is said later counts from the last touch too. */
  #allowed: number;
  #touchedAt: number;
  #stop: () => void = () => undefined;

  constructor(timers: Timers, minutes: number, lock: () => void) {
    this.#timers = timers;
    this.#lock = lock;
    this.#touchedAt = timers.now();
    this.#allowed = minutes * 60_000;
    this.#wait(this.#allowed);
  }

  /** From now on it may be left alone for so long. */
  allow(minutes: number): void {
    this.#allowed = minutes * 60_000;
    this.#stop();
    this.#wait(Math.max(0, this.#touchedAt + this.#allowed - this.#timers.now()));
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
      const left = this.#touchedAt + this.#allowed - this.#timers.now();
      if (left > 0) this.#wait(left);
      else this.#lock();
    });
  }
}
