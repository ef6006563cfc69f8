// The pass: the orders of all stations on one screen, for whoever sends them out.

import { sentenceOf, type Backend } from '$lib/ipc/backend';
import type { Event } from '$lib/ipc/bindings.gen';
import { Teller } from '$lib/ipc/tell';
import type { Timers } from '$lib/ipc/timers';
import { handedOf, heldAlone, openOf, ordersOf, type Part, type PassOrder } from './orders';
import { keepPairs, keptPairs } from './pairs';
import { Stations } from './stations.svelte';
import { stillToMake } from './sums';

/** What stands in the place of a station's id. */
export const PASS = 'pass';

const HANDED_KEY = 'fastops.kitchen.handed';
/** An order is nowhere to be seen any more after this long: neither is its mark needed. */
const KEPT_MS = 60 * 60_000;

interface Ports {
  readonly backend: Backend;
  readonly timers: Timers;
  readonly storage: Storage;
  /** Every station of the house, in its order; it may become another list. */
  readonly stationIds: readonly string[];
  /** Whether whoever is signed in may do anything to a ticket, or only looks. */
  readonly mayAct: () => boolean;
  /** An order can leave that could not at the last look. */
  readonly onReady: () => void;
}

export class Pass {
  problem = $state<string | null>(null);
  #handed = $state.raw<ReadonlyMap<string, number>>(new Map());
  readonly #stations: Stations;
  readonly orders: readonly PassOrder[] = $derived.by(() => ordersOf(this.#stations.views, this.#handed));
  /** Handed over, the last one first. */
  readonly handed: readonly PassOrder[] = $derived.by(() => handedOf(this.#stations.views, this.#handed));
  /** What waits for its course of orders that have no card. */
  readonly held = $derived.by(() => heldAlone(this.#stations.views, this.orders));
  /** When the oldest of what cannot leave yet was written. */
  readonly oldest: number | undefined = $derived.by(() => {
    const open = this.orders.filter((order) => !order.ready);
    return open.length > 0 ? Math.min(...open.map((order) => order.created_at)) : undefined;
  });
  readonly sums = $derived.by(() => stillToMake(this.#stations.views.flatMap((view) => view.tickets)));

  readonly #ports: Ports;
  readonly #teller: Teller;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#teller = new Teller(ports.backend);
    this.#handed = keptPairs(ports.storage, HANDED_KEY);
    this.#stations = new Stations({
      ...ports,
      take: (_, keep) => {
        this.#take(keep);
      },
      failed: (error) => {
        // What was read last stays; the connection's own sign says that it may be old.
        if (!this.known) this.problem = sentenceOf(error);
      },
    });
    this.#stations.show(ports.stationIds);
  }

  get mayAct(): boolean {
    return this.#ports.mayAct();
  }

  /** Whether every station has answered once. */
  get known(): boolean {
    return this.#stations.known;
  }

  /** The house has other stations than before. */
  follow(): void {
    if (this.#stations.follow(this.#ports.stationIds)) void this.readAll();
  }

  hear(event: Event): void {
    // A station may be called otherwise by now, and courses wait for no ticket.
    if (event.kind === 'stations_changed' || event.kind === 'held_changed') void this.readAll();
    else this.#stations.hear(event);
  }

  async readAll(): Promise<void> {
    await this.#stations.readAll();
  }

  /** Reads nothing any more. */
  stop(): void {
    this.#stations.stop();
  }

  dismissProblem(): void {
    this.problem = null;
  }

  /** Says for a station that its part is done. */
  async bump(part: Part): Promise<void> {
    const open = part.tickets.filter((ticket) => ticket.state !== 'ready');
    await this.#each(open, (ticket_id) => this.#teller.tell('bump_ticket', { ticket_id }));
  }

  /** Gives a done part back to its station. */
  async recall(part: Part): Promise<void> {
    await this.#each(part.tickets.slice(-1), (ticket_id) =>
      this.#teller.tell('recall_ticket', { ticket_id }),
    );
  }

  /** Has all that is still to make of an order stand before the others at its stations, or where it stood; whether the core agreed. */
  async putFirst(order: PassOrder, first: boolean): Promise<boolean> {
    const others = openOf(order).filter((ticket) => (ticket.first_at !== null) !== first);
    return this.#each(others, (ticket_id) => this.#teller.tell('prioritise_ticket', { ticket_id, first }));
  }

  /** The order is on its way to the guest. Only this screen knows it: for the stations it was done before. */
  handOver(order: PassOrder): void {
    const handed = new Map(this.#handed);
    // The last one stands last.
    handed.delete(order.id);
    this.#keep(handed.set(order.id, order.ready_at));
  }

  /** Brings an order back that was handed over: this one, or the last. */
  takeBack(id: string | undefined = this.handed[0]?.id): void {
    if (id === undefined) return;
    const handed = new Map(this.#handed);
    handed.delete(id);
    this.#keep(handed);
  }

  /** Whether the core did it for each of them; otherwise `problem` says why not. */
  async #each(tickets: Part['tickets'], tell: (ticketId: string) => Promise<unknown>): Promise<boolean> {
    if (!this.mayAct) return false;
    let succeeded = true;
    try {
      for (const { id } of tickets) await tell(id);
      this.problem = null;
    } catch (error) {
      this.problem = sentenceOf(error);
      succeeded = false;
    }
    await Promise.all(tickets.map((ticket) => this.#stations.readTicket(ticket)));
    return succeeded;
  }

  #take(keep: () => void): void {
    const knownBefore = this.known;
    const before = new Set(this.orders.filter((order) => order.ready).map((order) => order.id));
    keep();
    if (knownBefore && this.orders.some((order) => order.ready && !before.has(order.id)))
      this.#ports.onReady();
  }

  #keep(handed: ReadonlyMap<string, number>): void {
    const newest = Math.max(0, ...handed.values());
    this.#handed = new Map([...handed].filter(([, at]) => at > newest - KEPT_MS));
    keepPairs(this.#ports.storage, HANDED_KEY, this.#handed);
  }
}
