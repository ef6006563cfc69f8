// Has the core keep what is typed: the machine's own storage is written late, and a power cut takes what it still owed.

import { CallFailed, isUnanswered, type Backend } from '../../ipc/backend';
import type { CartView } from '../../ipc/bindings.gen';
import { newId } from '../../ipc/ids';
import type { Timers } from '../../ipc/timers';

/** How long after a failed attempt the next one goes out by itself. */
const RETRY_MS = 2_000;
/** Where the machine keeps the name that it gave itself. */
const MACHINE_KEY = 'fastops.machine';

/** The newest word about a cart. */
export interface Word {
  version: number;
  /** None of a cart in which nothing is typed any more. */
  content: string | null;
}

export class Keeper {
  readonly #backend: Backend;
  readonly #timers: Timers;
  /** What the core has not confirmed yet, by order. */
  readonly #owed = new Map<string, Word>();
  #busy = false;
  /** Whether whoever typed has left: another keeper may speak for the machine by now. */
  #left = false;
  #stopRetry: () => void = () => undefined;
  readonly #machineId: string;

  constructor(backend: Backend, timers: Timers, storage: Storage) {
    this.#backend = backend;
    this.#timers = timers;
    this.#machineId = machineId(storage);
  }

  /** Has a word kept; a newer one about the same order takes its place while it waits. */
  keep(orderId: string, word: Word): void {
    this.#left = false;
    this.#owed.set(orderId, word);
    void this.#pay();
  }

  /** What the core has kept of this machine; none when it does not answer. */
  async kept(): Promise<CartView[] | null> {
    return this.#backend.call('get_carts', { machine_id: this.#machineId }).then(
      (answer) => answer.carts,
      () => null,
    );
  }

  /** Says what is left to be said once, and insists on nothing: what the core lacks is told when carts are taken up. */
  stop(): void {
    this.#left = true;
    this.#stopRetry();
  }

  /** One word at a time, so that the newest is the last to arrive. */
  async #pay(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#stopRetry();
    for (let next = this.#next(); next; next = this.#next()) {
      if (await this.#say(...next)) continue;
      if (this.#left) this.#owed.clear();
      else this.#stopRetry = this.#timers.after(RETRY_MS, () => void this.#pay());
      break;
    }
    this.#busy = false;
  }

  #next(): [string, Word] | undefined {
    return this.#owed.entries().next().value;
  }

  /** Whether the core said something to it. */
  async #say(orderId: string, word: Word): Promise<boolean> {
    try {
      const where = { machine_id: this.#machineId, order_id: orderId };
      const { version } = await this.#backend.call('keep_cart', { ...where, ...word });
      const newest = this.#owed.get(orderId);
      if (newest !== undefined && version > newest.version) {
        // Another window of the machine was ahead; what was typed last is what counts.
        if (this.#left) this.#owed.delete(orderId);
        else newest.version = version + 1;
      } else if (newest === word) this.#owed.delete(orderId);
      return true;
    } catch (error) {
      const later = isUnanswered(error) || (error instanceof CallFailed && error.code === 'not_signed_in');
      // What is refused for good is still on the machine itself.
      if (!later && this.#owed.get(orderId) === word) this.#owed.delete(orderId);
      return !later;
    }
  }
}

/** The machine's own name: several tablets may work as one terminal, and their carts are not each other's. */
function machineId(storage: Storage): string {
  const known = storage.getItem(MACHINE_KEY);
  if (known !== null) return known;
  const made = newId();
  storage.setItem(MACHINE_KEY, made);
  return made;
}
