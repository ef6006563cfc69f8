// Which tickets a cook has taken note of, as they were then. The screen keeps it, so that neither a reload nor another
// station forgets a change of which nobody has taken note.

import type { KitchenTicket } from '$lib/ipc/bindings.gen';
import { knownOf, rewriting, type Known } from './changes';
import { keepPairs, keptPairs } from './pairs';

/** A cook's; whoever only looks takes note for themselves. */
const KEYS = { cook: 'fastops.kitchen.known', looker: 'fastops.kitchen.looked' };
/** Most tickets kept; more than a house has on its screens at once. */
export const MOST_KNOWN = 400;

export class Acknowledged {
  #known = $state.raw<ReadonlyMap<string, Known>>(new Map());
  readonly #storage: Storage;
  readonly #key: string;

  constructor(storage: Storage, who: keyof typeof KEYS) {
    this.#storage = storage;
    this.#key = KEYS[who];
    this.#known = keptPairs(storage, this.#key);
  }

  /** Whether it is another than the one of which a cook took note, or a change or a void of which nobody did. */
  isOpen(ticket: KitchenTicket): boolean {
    const known = this.#known.get(ticket.id);
    return known === undefined ? ticket.kind !== 'new' : rewriting(known, knownOf(ticket)) !== null;
  }

  /** New tickets have come: they ask for nothing, but what becomes of them later will. */
  meet(tickets: readonly KitchenTicket[]): void {
    this.note(tickets.filter((ticket) => ticket.kind === 'new' && !this.#known.has(ticket.id)));
  }

  /** A cook has taken note of these as they are now. */
  note(tickets: readonly KitchenTicket[]): void {
    if (tickets.length === 0) return;
    // Another window of this screen may have kept something since.
    const all = keptPairs<Known>(this.#storage, this.#key);
    for (const ticket of tickets) {
      all.delete(ticket.id);
      all.set(ticket.id, knownOf(ticket));
    }
    this.#known = new Map([...all].slice(-MOST_KNOWN));
    keepPairs(this.#storage, this.#key, this.#known);
  }
}
