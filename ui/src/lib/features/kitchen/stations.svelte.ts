// What stations have to make, each read by itself: one of them, or all of the house on one screen.

import type { Backend } from '$lib/ipc/backend';
import type { Event, KitchenTicket, KitchenView } from '$lib/ipc/bindings.gen';
import type { Timers } from '$lib/ipc/timers';
import { Reader } from './reader';

interface Ports {
  readonly backend: Backend;
  readonly timers: Timers;
  /** A station was read; `keep` has it stand in the place of what was read before. */
  readonly take: (view: KitchenView, keep: () => void) => void;
  readonly failed: (error: unknown) => void;
}

export class Stations {
  #ids = $state.raw<readonly string[]>([]);
  #read = $state.raw<ReadonlyMap<string, KitchenView>>(new Map());
  /** Those that have answered, in the order in which they are shown. */
  readonly views: readonly KitchenView[] = $derived(this.#ids.flatMap((id) => this.#read.get(id) ?? []));

  readonly #ports: Ports;
  readonly #readers = new Map<string, Reader>();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Shows these from now on, and forgets what was read. */
  show(ids: readonly string[]): void {
    this.stop();
    this.#readers.clear();
    this.#read = new Map();
    this.#ids = ids;
  }

  /** Shows these from now on with what was read of them already; whether they are others than before. */
  follow(ids: readonly string[]): boolean {
    if (ids.join(' ') === this.#ids.join(' ')) return false;
    for (const [id, reader] of this.#readers) {
      if (ids.includes(id)) continue;
      reader.stop();
      this.#readers.delete(id);
    }
    this.#ids = ids;
    return true;
  }

  /** Whether each of them has answered once. */
  get known(): boolean {
    return this.views.length === this.#ids.length;
  }

  /** What was read of a station last. */
  of(stationId: string): KitchenView | undefined {
    return this.#read.get(stationId);
  }

  hear(event: Event): void {
    const concerns = event.kind === 'ticket_arrived' || event.kind === 'ticket_changed';
    if (concerns && this.#ids.includes(event.station_id)) this.#reader(event.station_id).hear(event);
  }

  /** Reads all of each; a wish that comes meanwhile has it read once more. */
  async readAll(): Promise<void> {
    await Promise.all(this.#ids.map((id) => this.#reader(id).all()));
  }

  /** Reads one ticket, if its station is shown. */
  async readTicket({ station_id, id }: Pick<KitchenTicket, 'station_id' | 'id'>): Promise<void> {
    if (this.#ids.includes(station_id)) await this.#reader(station_id).ticket(id);
  }

  /** Takes nothing any more. */
  stop(): void {
    for (const reader of this.#readers.values()) reader.stop();
  }

  #reader(stationId: string): Reader {
    const reader = this.#readers.get(stationId) ?? this.#newReader(stationId);
    this.#readers.set(stationId, reader);
    return reader;
  }

  #newReader(stationId: string): Reader {
    const { backend, timers, take, failed } = this.#ports;
    return new Reader({
      backend,
      timers,
      stationId,
      take: (view) => {
        take(view, () => {
          this.#read = new Map(this.#read).set(view.station_id, view);
        });
      },
      failed,
    });
  }
}
