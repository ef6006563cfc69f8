// Tickets that need a person: read with every pulse, tried anew or given up.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type { Event, StuckJob, StuckJobs } from '../../ipc/bindings.gen';
import { coalesced } from '../../ipc/coalesced';
import { Teller, type Wish } from '../../ipc/tell';

export class Stuck {
  view = $state.raw<StuckJobs | null>(null);
  /** Why the list is not known, or the last wish was not carried out, as a sentence. */
  problem = $state<string | null>(null);
  /** What is on its way to the core: a ticket's job, or `all`. */
  busy = $state<string | null>(null);

  readonly #backend: Backend;
  readonly #teller: Teller;
  /** Answers of the core so far: one that was asked for before a newer one came says nothing new. */
  #answers = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#teller = new Teller(backend);
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
  readonly read = coalesced(async () => {
    try {
      const before = this.#answers;
      const view = await this.#backend.call('list_stuck_jobs', {});
      if (before === this.#answers) this.view = view;
    } catch (error) {
      if (this.view === null) this.problem = sentenceOf(error);
    }
  });

  /** Has one tried anew, or with `null` every one that failed. */
  async retry(jobId: string | null): Promise<void> {
    await this.#decide(jobId, 'retry_jobs', { job_ids: jobId === null ? null : [jobId] });
  }

  /** Gives one up, or with `null` every one that failed; whether it was done. */
  async clear(jobId: string | null, reason: string): Promise<boolean> {
    return this.#decide(jobId, 'clear_jobs', { job_ids: jobId === null ? null : [jobId], reason });
  }

  async #decide<N extends 'retry_jobs' | 'clear_jobs'>(
    jobId: string | null,
    name: N,
    wish: Wish<N>,
  ): Promise<boolean> {
    if (this.busy !== null) return false;
    this.busy = jobId ?? 'all';
    try {
      this.view = await this.#teller.tell(name, wish);
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
