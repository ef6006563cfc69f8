// Tickets that need a person: read with every pulse, tried anew or given up.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type { Event, StuckJob, StuckJobs } from '../../ipc/bindings.gen';
import { Once } from '../../ipc/once';

export class Stuck {
  view = $state.raw<StuckJobs | null>(null);
  /** Why the list is not known, or the last wish was not carried out, as a sentence. */
  problem = $state<string | null>(null);
  /** What is on its way to the core: a ticket's job, or `all`. */
  busy = $state<string | null>(null);

  readonly #backend: Backend;
  readonly #once = new Once();
  #reading = false;
  #readAgain = false;
  /** Answers of the core so far: one that was asked for before a newer one came says nothing new. */
  #answers = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get jobs(): StuckJob[] {
    return this.view?.jobs ?? [];
  }

  /** How many failed: they come to paper only when a person says so. */
  get failed(): number {
    return this.jobs.filter((job) => job.state === 'failed').length;
  }

  hear(event: Event): void {
    if (event.kind === 'heartbeat' || event.kind === 'pulse_changed') void this.read();
  }

  /** Asks what is stuck; calls that come meanwhile become one more reading. */
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
        const view = await this.#backend.call('list_stuck_jobs', {});
        if (before === this.#answers) this.view = view;
      } while (this.#readAgain);
    } catch (error) {
      if (this.view === null) this.problem = sentenceOf(error);
    } finally {
      this.#reading = false;
    }
  }

  /** Has one tried anew, or with `null` every one that failed. */
  async retry(jobId: string | null): Promise<void> {
    await this.#decide(`retry ${jobId ?? 'all'}`, jobId, (id) =>
      this.#backend.call('retry_jobs', { command_id: id, job_ids: jobId === null ? null : [jobId] }),
    );
  }

  /** Gives one up, or with `null` every one that failed; whether it was done. */
  async clear(jobId: string | null, reason: string): Promise<boolean> {
    return this.#decide(`clear ${jobId ?? 'all'} ${reason}`, jobId, (id) =>
      this.#backend.call('clear_jobs', { command_id: id, job_ids: jobId === null ? null : [jobId], reason }),
    );
  }

  async #decide(
    what: string,
    jobId: string | null,
    command: (id: string) => Promise<StuckJobs>,
  ): Promise<boolean> {
    if (this.busy !== null) return false;
    this.busy = jobId ?? 'all';
    try {
      this.view = await this.#once.run(what, command);
      this.#answers += 1;
      this.problem = null;
      return true;
    } catch (error) {
      this.problem = sentenceOf(error);
      // Somebody else may have taken care of it: the list says what is still there.
      void this.read();
      return false;
    } finally {
      this.busy = null;
    }
  }
}
