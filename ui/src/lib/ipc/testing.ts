// Stand-ins for tests: a clock moved by hand, a storage in memory, and a core that answers what it is told.

import type { Answer, Backend, CommandName, Request } from './backend';
import type { Approval } from './bindings.gen';
import type { Timers } from './timers';

/** Time stands still until it is moved. */
export class HandClock implements Timers {
  #now = 1_000_000;
  #waiting: { at: number; callback: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const entry = { at: this.#now + ms, callback };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((one) => one !== entry);
    };
  }

  /** Moves on, calling back what falls due, in its order and at its time. */
  move(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = this.#waiting.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#waiting = this.#waiting.filter((one) => one !== due);
      this.#now = due.at;
      due.callback();
    }
    this.#now = end;
  }
}

/** A storage that a test can also look into. */
export class MemoryStorage implements Storage {
  readonly #kept = new Map<string, string>();

  get length(): number {
    return this.#kept.size;
  }

  clear(): void {
    this.#kept.clear();
  }

  getItem(key: string): string | null {
    return this.#kept.get(key) ?? null;
  }

  key(index: number): string | null {
    return [...this.#kept.keys()][index] ?? null;
  }

  removeItem(key: string): void {
    this.#kept.delete(key);
  }

  setItem(key: string, value: string): void {
    this.#kept.set(key, value);
  }
}

type Answers = { [N in CommandName]?: (request: Request<N>) => Answer<N> | Promise<Answer<N>> };

/** A core with answers set by the test; it writes down everything that it is asked. */
export class ScriptedBackend implements Backend {
  readonly asked: { name: CommandName; request: unknown; approval: Approval | null }[] = [];
  answers: Answers;

  constructor(answers: Answers) {
    this.answers = answers;
  }

  async call<N extends CommandName>(
    name: N,
    request: Request<N>,
    approval: Approval | null = null,
  ): Promise<Answer<N>> {
    this.asked.push({ name, request: structuredClone(request), approval });
    const answer = this.answers[name];
    if (!answer) throw new Error(`the test has no answer to ${name}`);
    return answer(request);
  }

  openKitchen(): Promise<void> {
    return Promise.resolve();
  }

  openGuests(): Promise<void> {
    return Promise.resolve();
  }

  saveProducts(): Promise<string | null> {
    return Promise.resolve(null);
  }

  /** The requests of one command, oldest first. */
  requests<N extends CommandName>(name: N): Request<N>[] {
    return this.asked.filter((one) => one.name === name).map((one) => one.request as Request<N>);
  }
}
