// The picture on bills and receipts: chosen, looked at, kept or taken away.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type { Event, LogoPicture, LogoView, ReceiptLogoView } from '../../ipc/bindings.gen';
import { Kept } from '../../ipc/kept.svelte';
import { Teller } from '../../ipc/tell';

export class ReceiptLogo {
  readonly kept: Kept<ReceiptLogoView>;
  /** A picture that was chosen and is not kept yet, and how it will look. */
  tried = $state.raw<{ picture: LogoPicture; view: LogoView } | null>(null);
  busy = $state(false);
  problem = $state<string | null>(null);
  readonly #backend: Backend;
  readonly #teller: Teller;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#teller = new Teller(backend);
    this.kept = new Kept(async () => backend.call('get_receipt_logo', {}));
  }

  hear(event: Event): void {
    if (event.kind === 'settings_changed') void this.kept.read();
  }

  /** What is looked at: the picture that was chosen, else the one that is kept. */
  get shown(): LogoView | null {
    return this.tried?.view ?? this.kept.value?.logo ?? null;
  }

  /** Shows how a picture will look. `read` gives it or fails with a sentence. */
  async look(read: () => Promise<LogoPicture>): Promise<void> {
    await this.#attempt(async () => {
      const picture = await read();
      this.tried = { picture, view: await this.#backend.call('try_receipt_logo', { picture }) };
    });
  }

  /** Keeps what was chosen; answers whether it is kept. */
  async keep(): Promise<boolean> {
    const tried = this.tried;
    return tried !== null && this.#set(tried.picture);
  }

  /** Answers whether it is gone. */
  async takeAway(): Promise<boolean> {
    return this.#set(null);
  }

  /** Whoever chose thought better of it. */
  forget(): void {
    this.tried = null;
    this.problem = null;
  }

  async #set(picture: LogoPicture | null): Promise<boolean> {
    return this.#attempt(async () => {
      const view = await this.#teller.tell('set_receipt_logo', { picture });
      this.kept.take(() => view);
      this.tried = null;
    });
  }

  async #attempt(act: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = null;
    try {
      await act();
      return true;
    } catch (error) {
      this.problem = sentenceOf(error);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
