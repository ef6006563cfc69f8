// The print engine as the core tells it, and what a person tells the engine.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type { Event, QueueStatus, WorkerProfile } from '../../ipc/bindings.gen';
import { Once } from '../../ipc/once';

/** Fewest and most workers that there ever are. */
export const FEWEST = 2;
export const MOST = 10;

export class PrintEngine {
  status = $state.raw<QueueStatus | null>(null);
  /** Why the state is not known, or the last wish not carried out, as a sentence. */
  problem = $state<string | null>(null);
  /** The number of workers that is on its way to the core. */
  #wanted = $state<number | null>(null);

  readonly #backend: Backend;
  readonly #once = new Once();
  #reading = false;
  #readAgain = false;
  #counting = false;
  /** Answers of the core so far: one that was asked for before a newer one came says nothing new. */
  #answers = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** The workers as a person has just chosen them, or else as they are. */
  get workers(): number {
    return this.#wanted ?? this.status?.workers ?? FEWEST;
  }

  hear(event: Event): void {
    if (event.kind === 'heartbeat' || event.kind === 'pulse_changed') void this.read();
  }

  /** Asks how it is; wishes that come meanwhile become one more reading. */
  async read(): Promise<void> {
    if (this.#reading) {
      this.#readAgain = true;
      return;
    }
    this.#reading = true;
    try {
      do {
        this.#readAgain = false;
        const before = this.#answers;
        const status = await this.#backend.call('get_queue_status', {});
        if (before === this.#answers) this.#take(status);
      } while (this.#readAgain);
    } catch (error) {
      if (this.status === null) this.problem = sentenceOf(error);
    } finally {
      this.#reading = false;
    }
  }

  /** So many workers from now on; pressed again before the answer, only the last number is told. */
  async chooseWorkers(count: number): Promise<void> {
    this.#wanted = count;
    if (this.#counting) return;
    this.#counting = true;
    try {
      while (this.#wanted !== null) {
        const wanted: number = this.#wanted;
        const done = await this.#tell(`workers ${String(wanted)}`, (id) =>
          this.#backend.call('set_workers', { command_id: id, count: wanted, profile: null }),
        );
        if (!done || this.#wanted === wanted) this.#wanted = null;
      }
    } finally {
      this.#counting = false;
    }
  }

  /** The load decides between the numbers of `profile`. */
  async chooseProfile(profile: WorkerProfile): Promise<void> {
    await this.#tell(`profile ${profile}`, (id) =>
      this.#backend.call('set_workers', { command_id: id, count: null, profile }),
    );
  }

  async setTurbo(on: boolean): Promise<void> {
    await this.#tell(`turbo ${String(on)}`, (id) => this.#backend.call('set_turbo', { command_id: id, on }));
  }

  /** Takes a printer out of use (`open`), or back into it. */
  async setBreaker(printerId: string, open: boolean): Promise<void> {
    await this.#tell(`breaker ${printerId} ${String(open)}`, (id) =>
      this.#backend.call('set_breaker', { command_id: id, printer_id: printerId, open }),
    );
  }

  /** Tells the core; whether it was done. */
  async #tell(what: string, command: (id: string) => Promise<QueueStatus>): Promise<boolean> {
    try {
      this.#take(await this.#once.run(what, command));
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
