// What a page shows of the core's: read, read again when it changed, and replaced by what the core answers.

import { sentenceOf } from './backend';
import { coalesced } from './coalesced';

export class Kept<T> {
  value = $state.raw<T | null>(null);
  /** Why nothing can be shown, as a sentence. */
  problem = $state<string | null>(null);

  /** Reads it; calls that come meanwhile become one more reading. */
  readonly read: () => Promise<void>;

  /** Answers of the core so far: a reading that was begun before one came says nothing new. */
  #answers = 0;

  constructor(ask: () => Promise<T>) {
    this.read = coalesced(() => this.#readOnce(ask));
  }

  /** Takes what the core has just answered. */
  take(change: (now: T) => T): void {
    this.#answers += 1;
    if (this.value !== null) this.value = change(this.value);
  }

  async #readOnce(ask: () => Promise<T>): Promise<void> {
    try {
      const before = this.#answers;
      const value = await ask();
      if (before === this.#answers) this.value = value;
      else void this.read();
      this.problem = null;
    } catch (error) {
      // What is there already serves better than a sentence in its place.
      this.problem = this.value === null ? sentenceOf(error) : null;
    }
  }
}
