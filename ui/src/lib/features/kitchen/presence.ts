// The core's word that this screen shows a station: only then may tickets come out here when no printer is well.

import type { Backend } from '$lib/ipc/backend';
import { newId } from '$lib/ipc/ids';
import type { Timers } from '$lib/ipc/timers';

/** Pause before the core is told again what it has not answered. */
const RETRY_MS = 1_000;

export class Presence {
  readonly #backend: Backend;
  readonly #timers: Timers;
  readonly #screenId = newId();
  #stationId: string | null = null;
  #callOff: () => void = () => undefined;
  /** Words so far: an answer to an earlier one says nothing about when the next is due. */
  #words = 0;

  constructor(backend: Backend, timers: Timers) {
    this.#backend = backend;
    this.#timers = timers;
  }

  /** This screen shows `stationId` from now on; `null` when a person can see none. */
  show(stationId: string | null): void {
    if (stationId === this.#stationId) return;
    this.#stationId = stationId;
    void this.#say();
  }

  async #say(): Promise<void> {
    this.#callOff();
    const word = (this.#words += 1);
    const station_id = this.#stationId;
    const again = await this.#backend
      .call('show_station', { screen_id: this.#screenId, station_id })
      .then((shown) => shown.again_ms)
      .catch(() => RETRY_MS);
    if (word !== this.#words || station_id === null) return;
    this.#callOff = this.#timers.after(again, () => void this.#say());
  }
}

/** The same of every station that stands on one screen. */
export class Presences {
  readonly #backend: Backend;
  readonly #timers: Timers;
  readonly #said = new Map<string, Presence>();

  constructor(backend: Backend, timers: Timers) {
    this.#backend = backend;
    this.#timers = timers;
  }

  /** This screen shows these stations from now on, and no other. */
  show(stationIds: readonly string[]): void {
    for (const id of stationIds) {
      if (!this.#said.has(id)) this.#said.set(id, new Presence(this.#backend, this.#timers));
    }
    for (const [id, presence] of this.#said) presence.show(stationIds.includes(id) ? id : null);
  }
}
