// This terminal's drawer as whoever keeps it sees it. The core alone knows what went through it: nothing is added up
// here. Nor does the core say by itself that somebody at another window opened or counted it, so it is asked again.

import { CallFailed, type Backend } from '../../ipc/backend';
import type { CashDirection, CashSessionView } from '../../ipc/bindings.gen';
import { Kept } from '../../ipc/kept.svelte';
import { Once } from '../../ipc/once';
import { Teller } from '../../ipc/tell';
import type { Timers } from '../../ipc/timers';

/** How often the core is asked what went through the drawer meanwhile. */
export const ASK_AGAIN_MS = 10_000;

type Now = {
  /** None while the drawer is closed. */
  session: CashSessionView | null;
  /** The last one that was counted here, as far as this computer remembers; only while none is open. */
  last: CashSessionView | null;
};

/** What became of the drawer without anybody here. */
export type Moved = { how: 'opened' | 'closed'; session: CashSessionView };

export class Till {
  readonly kept: Kept<Now>;
  /** Said until the next act. */
  moved = $state.raw<Moved | null>(null);

  readonly #backend: Backend;
  readonly #storage: Storage;
  readonly #key: string;
  readonly #once = new Once();
  readonly #teller: Teller;
  /** Which session this screen knows to be open; not set before the first reading. */
  #seen: string | null | undefined;
  #acts = 0;

  constructor(backend: Backend, storage: Storage, terminalId: string) {
    this.#backend = backend;
    this.#teller = new Teller(backend);
    this.#storage = storage;
    this.#key = `fastops.till.${terminalId}`;
    this.kept = new Kept(() => this.#ask());
  }

  get session(): CashSessionView | null {
    return this.kept.value?.session ?? null;
  }

  get last(): CashSessionView | null {
    return this.kept.value?.last ?? null;
  }

  async read(): Promise<void> {
    await this.kept.read();
    this.#compare();
  }

  /** Reads it now and again and again until the function returned is called. */
  follow(timers: Timers): () => void {
    let stop: () => void = () => undefined;
    const next = () => {
      void this.read();
      stop = timers.after(ASK_AGAIN_MS, next);
    };
    next();
    return () => {
      stop();
    };
  }

  async open(floatMinor: number): Promise<void> {
    // The session's id is the command's: pressed again, it is the same session.
    const open = (id: string) =>
      this.#backend.call('open_cash_session', { command_id: id, session_id: id, float_minor: floatMinor });
    await this.#act(() => this.#once.run(`open ${String(floatMinor)}`, open));
  }

  async move(
    session: CashSessionView,
    direction: CashDirection,
    amountMinor: number,
    reason: string,
  ): Promise<void> {
    const request = { session_id: session.id, direction, amount_minor: amountMinor, reason };
    await this.#act(() => this.#teller.tell('move_cash', request));
  }

  async close(session: CashSessionView, countedMinor: number, note: string | null): Promise<void> {
    const request = { session_id: session.id, counted_minor: countedMinor, note };
    await this.#act(() => this.#teller.tell('close_cash_session', request));
  }

  async #act(tell: () => Promise<CashSessionView>): Promise<void> {
    this.#acts += 1;
    try {
      const session = this.#remember(await tell());
      this.moved = null;
      const now = session.closed === null ? { session, last: null } : { session: null, last: session };
      this.#seen = now.session?.id ?? null;
      this.kept.take(() => now);
    } catch (error) {
      // Somebody else was quicker: what is true now is shown beside the sentence.
      if (error instanceof CallFailed && error.code === 'till_moved') await this.kept.read();
      throw error;
    } finally {
      this.#acts -= 1;
      this.#compare();
    }
  }

  /** Says what happened without anybody here; an act of this screen under way may be what happened. */
  #compare(): void {
    const now = this.kept.value;
    if (now === null || this.#acts > 0) return;
    const id = now.session?.id ?? null;
    if (this.#seen !== undefined && this.#seen !== id) {
      if (now.session !== null) this.moved = { how: 'opened', session: now.session };
      else if (now.last !== null) this.moved = { how: 'closed', session: now.last };
    }
    this.#seen = id;
  }

  async #ask(): Promise<Now> {
    const { session } = await this.#backend.call('get_cash_session', { session_id: null });
    return session === null
      ? { session, last: await this.#lastOne() }
      : { session: this.#remember(session), last: null };
  }

  /** The last session of this drawer that this computer has seen, when it was counted since. */
  async #lastOne(): Promise<CashSessionView | null> {
    const id = this.#storage.getItem(this.#key);
    if (id === null) return null;
    // What was counted says the same for ever.
    if (this.last?.id === id) return this.last;
    try {
      const { session } = await this.#backend.call('get_cash_session', { session_id: id });
      return session?.closed ? session : null;
    } catch (error) {
      if (!(error instanceof CallFailed) || error.code !== 'till_moved') throw error;
      // Another house's data is served here now.
      this.#storage.removeItem(this.#key);
      return null;
    }
  }

  #remember(session: CashSessionView): CashSessionView {
    this.#storage.setItem(this.#key, session.id);
    return session;
  }
}
