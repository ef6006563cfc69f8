// Those whom the house knows, offered while their telephone or name is typed. Without leave to see them, or without a
// link, nobody is offered, and everything is typed by hand.

import type { Backend } from '../../ipc/backend';
import type { CustomerView, FoundBy } from '../../ipc/bindings.gen';

/** With fewer letters or digits too many would answer. */
const LEAST = 3;
const MOST = 4;

export class People {
  found = $state.raw<CustomerView[]>([]);
  readonly #backend: Backend;
  #asked = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Offers those of whom it is the beginning; only the newest answer counts. */
  async find(by: FoundBy, text: string): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const meant = by === 'phone' ? text.replace(/\D/g, '') : text.trim();
    const found = meant.length < LEAST ? [] : await this.#ask(by, text);
    if (asked === this.#asked) this.found = found;
  }

  /** Offers nobody any more. */
  forget(): void {
    this.#asked += 1;
    this.found = [];
  }

  async #ask(by: FoundBy, text: string): Promise<CustomerView[]> {
    try {
      const request = { by, text: text.trim(), after: null, limit: MOST };
      return (await this.#backend.call('find_customers', request)).customers;
    } catch {
      return [];
    }
  }
}
