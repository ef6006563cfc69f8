// A start that failed: why, what a person can do about it, and what is being tried.

import { sentenceOf } from '../../ipc/backend';
import type { FailureCode } from '../../ipc/bindings.gen';
import type { Starter, StartTrouble } from '../../ipc/start';

export type Title = 'damaged' | 'missing' | 'newer' | 'away' | 'full' | 'other';
export type Attempt = 'restore' | 'again';

const TITLES: Partial<Record<FailureCode, Title>> = {
  data_damaged: 'damaged',
  data_missing: 'missing',
  data_too_new: 'newer',
  database_away: 'away',
  disk_full: 'full',
};

export function titleOf(trouble: StartTrouble): Title {
  return TITLES[trouble.code] ?? 'other';
}

/** Whether data was there and cannot be used: only then is there something to restore. */
export function isLost(trouble: StartTrouble): boolean {
  return trouble.code === 'data_damaged' || trouble.code === 'data_missing';
}

/** Another program is needed for newer data: looking again changes nothing. */
export function canTryAgain(trouble: StartTrouble): boolean {
  return trouble.code !== 'data_too_new' && trouble.offer === null;
}

export class Start {
  trouble = $state.raw<StartTrouble | null>(null);
  /** What is being tried at this moment. */
  trying = $state<Attempt | null>(null);
  /** Why nothing could be tried, when the program itself did not answer. */
  problem = $state<string | null>(null);

  readonly #starter: Starter;

  constructor(starter: Starter) {
    this.#starter = starter;
  }

  async read(): Promise<void> {
    await this.#ask(() => this.#starter.trouble());
  }

  /** Tries one thing at a time: a second press changes nothing. */
  async attempt(what: Attempt): Promise<void> {
    if (this.trying !== null) return;
    this.trying = what;
    await this.#ask(() => (what === 'restore' ? this.#starter.restore() : this.#starter.again()));
    this.trying = null;
  }

  quit(): void {
    void this.#starter.quit();
  }

  async #ask(question: () => Promise<StartTrouble | null>): Promise<void> {
    try {
      this.trouble = await question();
      this.problem = null;
    } catch (error) {
      this.problem = sentenceOf(error);
    }
  }
}
