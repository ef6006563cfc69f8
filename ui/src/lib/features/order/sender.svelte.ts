// Brings carts to the core, and does not give up: what got no answer is sent again, the same command, until there
// is one. A refusal gives the lines back to the cart with the reason.

import { CallFailed, isUnanswered, sentenceOf, type Backend } from '../../ipc/backend';
import type { OrderView } from '../../ipc/bindings.gen';
import { newId } from '../../ipc/ids';
import type { Timers } from '../../ipc/timers';
import { batchOf, units, type Batch, type Draft } from './draft';
import type { Drafts } from './drafts.svelte';

/** How long after a failed attempt the next one goes out by itself. */
const RETRY_MS = 2_000;

/** `waiting`: no answer yet; the same command goes out again by itself. */
export type Outcome = 'sent' | 'waiting' | 'refused';

export class Sender {
  /** Orders whose command is under way at this moment. */
  underWay = $state.raw<ReadonlySet<string>>(new Set());
  /** Why the core refused an order's lines. */
  refusals = $state.raw<ReadonlyMap<string, string>>(new Map());

  readonly #backend: Backend;
  readonly #drafts: Drafts;
  readonly #timers: Timers;
  readonly #onSent: (view: OrderView, units: number) => void;
  #stopRetry: () => void = () => undefined;

  constructor(
    backend: Backend,
    drafts: Drafts,
    timers: Timers,
    onSent: (view: OrderView, units: number) => void,
  ) {
    this.#backend = backend;
    this.#drafts = drafts;
    this.#timers = timers;
    this.#onSent = onSent;
  }

  /** Sends the draft's lines, or goes on sending the batch that already left. */
  async send(draft: Draft): Promise<Outcome> {
    if (this.underWay.has(draft.order_id)) return 'waiting';
    if (draft.batch === null) {
      draft.batch = batchOf(draft, newId());
      draft.lines = [];
      this.#drafts.save();
    }
    this.forgive(draft.order_id);
    this.#mark(draft.order_id, true);
    try {
      return await this.#attempt(draft, $state.snapshot(draft.batch) as Batch);
    } finally {
      this.#mark(draft.order_id, false);
    }
  }

  /** Sends again everything that got no answer: at start, when the link is back, and every few seconds. */
  async resume(): Promise<void> {
    for (const draft of this.#drafts.all.filter((one) => one.batch !== null)) await this.send(draft);
  }

  stop(): void {
    this.#stopRetry();
  }

  /** Forgets why an order was refused. */
  forgive(orderId: string): void {
    if (!this.refusals.has(orderId)) return;
    this.refusals = new Map([...this.refusals].filter(([id]) => id !== orderId));
  }

  async #attempt(draft: Draft, batch: Batch): Promise<Outcome> {
    try {
      const view = await this.#dispatch(batch);
      draft.batch = null;
      draft.known = true;
      this.#drafts.save();
      if (batch.command === 'create_order' && draft.remember) void this.#remember(view);
      this.#onSent(view, units(batch.lines));
      return 'sent';
    } catch (error) {
      // Without an answer, and when somebody must sign in first, nobody can say here what happened: keep the command.
      const unanswered =
        isUnanswered(error) || (error instanceof CallFailed && error.code === 'not_signed_in');
      if (unanswered) {
        this.#stopRetry();
        this.#stopRetry = this.#timers.after(RETRY_MS, () => void this.resume());
        return 'waiting';
      }
      this.#giveBack(draft, batch);
      this.refusals = new Map([...this.refusals, [draft.order_id, sentenceOf(error)]]);
      return 'refused';
    }
  }

  /** Has the house know whoever ordered, once their order is safe; without an answer they are typed again next time. */
  async #remember({ id, customer, contact }: OrderView): Promise<void> {
    const about = { order_id: id, customer, contact, covers: null, remember_customer: true };
    try {
      await this.#backend.call('describe_order', { command_id: newId(), ...about });
    } catch {
      // The order itself is sent.
    }
  }

  #dispatch(batch: Batch): Promise<OrderView> {
    return batch.command === 'create_order'
      ? this.#backend.call('create_order', batch.request)
      : this.#backend.call('add_lines', batch.request);
  }

  #giveBack(draft: Draft, batch: Batch): void {
    draft.lines = [...batch.lines, ...draft.lines];
    draft.batch = null;
    this.#drafts.save();
  }

  #mark(orderId: string, on: boolean): void {
    const next = new Set(this.underWay);
    if (on) next.add(orderId);
    else next.delete(orderId);
    this.underWay = next;
  }
}
