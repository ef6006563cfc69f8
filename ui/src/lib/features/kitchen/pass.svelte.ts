// The pass: the orders of all stations on one screen, for whoever sends them out.

import { sentenceOf, type Backend } from '$lib/ipc/backend';
import type { Event, KitchenView } from '$lib/ipc/bindings.gen';
import { Teller } from '$lib/ipc/tell';
import type { Timers } from '$lib/ipc/timers';
import { ordersOf, type Part, type PassOrder } from './orders';
import { Reader } from './reader';
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
  readonly stationIds: readonly string[];
  /** An order can leave that could not at the last look. */
  readonly onReady: () => void;
}

export class Pass {
  problem = $state<string | null>(null);
  #views = $state.raw<ReadonlyMap<string, KitchenView>>(new Map());
  #handed = $state.raw<ReadonlyMap<string, number>>(new Map());
  #stationIds = $state.raw<readonly string[]>([]);
  readonly #stations = $derived(this.#stationIds.flatMap((id) => this.#views.get(id) ?? []));
  readonly orders: readonly PassOrder[] = $derived(ordersOf(this.#stations, this.#handed));
  readonly sums = $derived(stillToMake(this.#stations.flatMap((view) => view.tickets)));

  readonly #ports: Ports;
  readonly #teller: Teller;
  readonly #readers = new Map<string, Reader>();
  #lastHanded: { id: string; before: number | undefined } | null = null;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#teller = new Teller(ports.backend);
    this.#stationIds = ports.stationIds;
    this.#handed = this.#kept();
  }

  /** Whether every station has answered once. */
  get known(): boolean {
    return this.#stations.length === this.#stationIds.length;
  }

  /** Stations were opened or closed: from now on these are all. */
  show(stationIds: readonly string[]): void {
    if (stationIds.join() === this.#stationIds.join()) return;
    for (const [id, reader] of this.#readers) {
      if (stationIds.includes(id)) continue;
      reader.stop();
      this.#readers.delete(id);
    }
    this.#stationIds = stationIds;
    void this.readAll();
  }

  hear(event: Event): void {
    const concerns = event.kind === 'ticket_arrived' || event.kind === 'ticket_changed';
    if (concerns && this.#stationIds.includes(event.station_id)) this.#reader(event.station_id).hear(event);
  }

  async readAll(): Promise<void> {
    await Promise.all(this.#stationIds.map((id) => this.#reader(id).all()));
  }

  /** Reads nothing any more. */
  stop(): void {
    for (const reader of this.#readers.values()) reader.stop();
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
    try {
      for (const { id } of tickets) {
        await this.#teller.tell(command, { ticket_id: id });
      }
      this.problem = null;
    } catch (error) {
      this.problem = sentenceOf(error);
    }
    await Promise.all(tickets.map(({ station_id, id }) => this.#reader(station_id).ticket(id)));
  }

  #reader(stationId: string): Reader {
    const reader = this.#readers.get(stationId) ?? this.#newReader(stationId);
    this.#readers.set(stationId, reader);
    return reader;
  }

  #newReader(stationId: string): Reader {
    return new Reader({
      ...this.#ports,
      stationId,
      take: (view) => {
        this.#take(view);
      },
      failed: (error) => {
        // What was read last stays; the connection's own sign says that it may be old.
        if (!this.known) this.problem = sentenceOf(error);
      },
    });
  }

  #take(view: KitchenView): void {
    const knownBefore = this.known;
    const before = new Set(this.orders.filter((order) => order.ready).map((order) => order.id));
    this.#views = new Map(this.#views).set(view.station_id, view);
    if (knownBefore && this.orders.some((order) => order.ready && !before.has(order.id)))
      this.#ports.onReady();
  }

  #keep(handed: ReadonlyMap<string, number>): void {
    const newest = Math.max(0, ...handed.values());
    this.#handed = new Map([...handed].filter(([, at]) => at > newest - KEPT_MS));
    this.#ports.storage.setItem(HANDED_KEY, JSON.stringify([...this.#handed]));
  }

  #kept(): ReadonlyMap<string, number> {
    try {
      const kept: unknown = JSON.parse(this.#ports.storage.getItem(HANDED_KEY) ?? '[]');
      return new Map(Array.isArray(kept) ? (kept as [string, number][]) : []);
    } catch {
      return new Map();
    }
  }
}
