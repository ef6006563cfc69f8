// The pass: the orders of all stations on one screen, for whoever sends them out.

import { sentenceOf, type Backend } from '$lib/ipc/backend';
import type { Event } from '$lib/ipc/bindings.gen';
import { Teller } from '$lib/ipc/tell';
import type { Timers } from '$lib/ipc/timers';
import { ordersOf, type Part, type PassOrder } from './orders';
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
  readonly sums = $derived.by(() => stillToMake(this.#stations.views.flatMap((view) => view.tickets)));

  readonly #ports: Ports;
  readonly #teller: Teller;
  #lastHanded: { id: string; before: number | undefined } | null = null;

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
    // A station may be called otherwise by now.
    if (event.kind === 'stations_changed') void this.readAll();
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
    await this.#each(
      part.tickets.filter((ticket) => ticket.state !== 'ready'),
      'bump_ticket',
    );
  }

  /** Gives a done part back to its station. */
  async recall(part: Part): Promise<void> {
    await this.#each(part.tickets.slice(-1), 'recall_ticket');
  }

  /** The order is on its way to the guest. Only this screen knows it: for the stations it was done before. */
  handOver(order: PassOrder): void {
    this.#lastHanded = { id: order.id, before: this.#handed.get(order.id) };
    this.#keep(new Map(this.#handed).set(order.id, order.ready_at));
  }

  /** Brings the order back that was handed over last. */
  takeBack(): void {
    if (this.#lastHanded === null) return;
    const { id, before } = this.#lastHanded;
    this.#lastHanded = null;
    const handed = new Map(this.#handed);
    if (before === undefined) handed.delete(id);
    else handed.set(id, before);
    this.#keep(handed);
  }

  async #each(tickets: Part['tickets'], command: 'bump_ticket' | 'recall_ticket'): Promise<void> {
    if (!this.mayAct) return;
    try {
      for (const { id } of tickets) {
        await this.#teller.tell(command, { ticket_id: id });
      }
      this.problem = null;
    } catch (error) {
      this.problem = sentenceOf(error);
    }
    await Promise.all(tickets.map((ticket) => this.#stations.readTicket(ticket)));
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
