// Firing a course: of the order in hand, or of one that stands on the floor.

import type { I18n } from '$lib/i18n/i18n.svelte';
import { sentenceOf } from '$lib/ipc/backend';
import { Once } from '$lib/ipc/once';
import type { Session } from '$lib/ipc/session.svelte';
import type { Toasts } from '$lib/ui/toasts.svelte';
import type { Hand } from './hand.svelte';

export class Fires {
  /** The order of which a course is being fired at this moment. */
  firing = $state<string | null>(null);

  readonly #backend: Session['backend'];
  readonly #i18n: I18n;
  readonly #toasts: Toasts;
  readonly #hand: Hand;
  readonly #onfired: () => void;
  readonly #once = new Once();

  /** `onfired` runs after each attempt: whoever shows the tables asks for them again. */
  constructor(backend: Session['backend'], i18n: I18n, toasts: Toasts, hand: Hand, onfired: () => void) {
    this.#backend = backend;
    this.#i18n = i18n;
    this.#toasts = toasts;
    this.#hand = hand;
    this.#onfired = onfired;
  }

  /** Fires a course of an order that need not be in hand; says so here, and what went wrong too. */
  async fire(orderId: string, course: number): Promise<void> {
    const { order } = this.#i18n.t;
    this.firing = orderId;
    try {
      const view = await this.#once.run(`fire ${orderId} ${String(course)}`, (id) =>
        this.#backend.call('fire_course', { command_id: id, order_id: orderId, course }),
      );
      this.#hand.accept(view);
      this.#toasts.show('calm', order.fired(course));
    } catch (error) {
      this.#toasts.show('alarm', sentenceOf(error));
      void this.#hand.refresh();
    } finally {
      this.firing = null;
    }
    this.#onfired();
  }
}
