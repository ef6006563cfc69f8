// The print engine as the core tells it, and what a person tells the engine.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type { Event, QueueStatus, WorkerProfile } from '../../ipc/bindings.gen';
import { coalesced } from '../../ipc/coalesced';
import { Teller, type Wish } from '../../ipc/tell';

/** Fewest and most workers that there ever are. */
export const FEWEST = 2;
export const MOST = 10;

/** Commands that answer with the engine as it is then. */
type Telling = 'set_workers' | 'set_turbo' | 'set_breaker';

export class PrintEngine {
  status = $state.raw<QueueStatus | null>(null);
  /** Why the state is not known, or the last wish not carried out, as a sentence. */
  problem = $state<string | null>(null);
  /** The number of workers that is on its way to the core. */
  #wanted = $state<number | null>(null);

  readonly #backend: Backend;
  readonly #teller: Teller;
  #counting = false;
  /** Answers of the core so far: one that was asked for before a newer one came says nothing new. */
  #answers = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#teller = new Teller(backend);
  }

  /** The workers as a person has just chosen them, or else as they are. */
  get workers(): number {
    return this.#wanted ?? this.status?.workers ?? FEWEST;
  }

  hear(event: Event): void {
    if (event.kind === 'heartbeat' || event.kind === 'pulse_changed') void this.read();
  }

  /** Asks how it is; wishes that come meanwhile become one more reading. */
  readonly read = coalesced(async () => {
    try {
      const before = this.#answers;
      const status = await this.#backend.call('get_queue_status', {});
      if (before === this.#answers) this.#take(status);
    } catch (error) {
      if (this.status === null) this.problem = sentenceOf(error);
    }
  });

  /** So many workers from now on; pressed again before the answer, only the last number is told. */
  async chooseWorkers(count: number): Promise<void> {
    this.#wanted = count;
    if (this.#counting) return;
    this.#counting = true;
    try {
      while (this.#wanted !== null) {
        const wanted: number = this.#wanted;
        const done = await this.#tell('set_workers', { count: wanted, profile: null });
        if (!done || this.#wanted === wanted) this.#wanted = null;
      }
    } finally {
      this.#counting = false;
    }
  }

  /** The load decides between the numbers of `profile`. */
  async chooseProfile(profile: WorkerProfile): Promise<void> {
    await this.#tell('set_workers', { count: null, profile });
  }

  async setTurbo(on: boolean): Promise<void> {
    await this.#tell('set_turbo', { on });
  }

  /** Takes a printer out of use (`open`), or back into it. */
  async setBreaker(printerId: string, open: boolean): Promise<void> {
    await this.#tell('set_breaker', { printer_id: printerId, open });
  }

  /** Tells the core; whether it was done. */
  async #tell<N extends Telling>(name: N, wish: Wish<N>): Promise<boolean> {
    try {
      this.#take(await this.#teller.tell(name, wish));
      return true;
    } catch (error) {
      this.problem = sentenceOf(error);
      return false;
    }
  }

  #take(status: QueueStatus): void {
    this.#answers += 1;
    this.status = status;
    this.problem = null;
  }
}
