// What a page shows of the core's: read, read again when it changed, and replaced by what the core answers.

import { sentenceOf } from './backend';

export class Kept<T> {
  value = $state.raw<T | null>(null);
  /** Why nothing can be shown, as a sentence. */
  problem = $state<string | null>(null);

  readonly #ask: () => Promise<T>;
  #reading = false;
  #again = false;
  /** Answers of the core so far: a reading that was begun before one came says nothing new. */
  #answers = 0;

  constructor(ask: () => Promise<T>) {
    this.#ask = ask;
  }

  /** Reads it; calls that come meanwhile become one more reading. */
  async read(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    try {
      do {
        this.#again = false;
        const before = this.#answers;
        const value = await this.#ask();
        if (before === this.#answers) this.value = value;
        else this.#again = true;
        this.problem = null;
      } while (this.#again);
    } catch (error) {
      // What is there already serves better than a sentence in its place.
      this.problem = this.value === null ? sentenceOf(error) : null;
    } finally {
      this.#reading = false;
    }
  }

  /** Takes what the core has just answered. */
  take(change: (now: T) => T): void {
    this.#answers += 1;
    if (this.value !== null) this.value = change(this.value);
  }
}
