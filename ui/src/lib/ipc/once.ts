// Pressing again after a lost answer sends the same command again, not another one.

import { isUnanswered } from './backend';
import { newId } from './ids';

export class Once {
  readonly #ids = new Map<string, string>();

  /** Runs `command` with an id that stays the same for `what` until there is an answer, good or bad. */
  async run<T>(what: string, command: (commandId: string) => Promise<T>): Promise<T> {
    const id = this.#ids.get(what) ?? newId();
    this.#ids.set(what, id);
    try {
      const answer = await command(id);
      this.#ids.delete(what);
      return answer;
    } catch (error) {
      if (!isUnanswered(error)) this.#ids.delete(what);
      throw error;
    }
  }
}
