// Every unsent cart of this terminal, kept on the machine: a reload or a power cut loses none.

import type { OrderView } from '../../ipc/bindings.gen';
import { newId } from '../../ipc/ids';
import { isEmpty, newDraft, type CartLine, type Draft, type Place } from './draft';

const KEY = 'fastops.drafts';

export class Drafts {
  all = $state<Draft[]>([]);
  readonly #storage: Storage;
  readonly #key: string;

  constructor(storage: Storage, terminalId: string) {
    this.#storage = storage;
    this.#key = `${KEY}.${terminalId}`;
    this.all = this.#read();
  }

  find(orderId: string): Draft | null {
    return this.all.find((draft) => draft.order_id === orderId) ?? null;
  }

  /** Orders that nobody has sent yet, with something in them. */
  get unsent(): Draft[] {
    return this.all.filter((draft) => !isEmpty(draft));
  }

  /** The cart for an order: the kept one, or a new one. */
  take(orderId: string, place: Place, known: boolean): Draft {
    const kept = this.find(orderId);
    if (kept) {
      kept.known ||= known;
      return kept;
    }
    this.all = [...this.all.filter((draft) => !isEmpty(draft)), newDraft(orderId, place, known)];
    this.save();
    return this.find(orderId) ?? newDraft(orderId, place, known);
  }

  /**
   * The order id under which a table without an open order goes on: its kept cart's, or a new one. With an order
   * opened elsewhere meanwhile, the kept lines move to it, so that the table stays one order.
   */
  forTable(table: NonNullable<Place['table']>, openOrderId: string | null): string {
    const kept = this.all.find((draft) => !draft.known && draft.table?.id === table.id);
    if (openOrderId === null) return kept?.order_id ?? newId();
    if (kept?.batch === null) {
      const target = this.take(openOrderId, { order_type: 'dine_in', table }, true);
      target.lines.push(...kept.lines);
      this.all = this.all.filter((draft) => draft.order_id !== kept.order_id);
      this.save();
    }
    return openOrderId;
  }

  /** An order stands at another table now, or is served otherwise: what is typed for it goes there too. */
  follow(view: Pick<OrderView, 'id' | 'table' | 'order_type'>): void {
    const kept = this.find(view.id);
    if (kept === null) return;
    if (kept.table?.id === view.table?.id && kept.order_type === view.order_type) return;
    kept.table = view.table;
    kept.order_type = view.order_type;
    this.save();
  }

  /** One order was joined with another: what is typed for it is typed for that one. */
  join(fromId: string, into: OrderView): void {
    const kept = this.find(fromId);
    if (kept === null || kept.batch !== null || kept.lines.length === 0) return;
    const target = this.take(into.id, { order_type: into.order_type, table: into.table }, true);
    target.lines.push(...kept.lines.splice(0));
    this.save();
  }

  /** Keeps what is typed. Called after every change. */
  save(): void {
    const kept = this.all.filter((draft) => !isEmpty(draft) || !draft.known);
    this.#storage.setItem(this.#key, JSON.stringify(kept));
  }

  #read(): Draft[] {
    try {
      const kept: unknown = JSON.parse(this.#storage.getItem(this.#key) ?? '[]');
      // A cart that was kept by an earlier program knows nothing of whoever ordered, nor of combos.
      const line = (one: CartLine): CartLine => ({ ...one, parts: (one as Partial<CartLine>).parts ?? [] });
      const whole = (draft: Draft): Draft => ({
        ...newDraft(draft.order_id, draft, draft.known),
        ...draft,
        lines: draft.lines.map(line),
        batch: draft.batch && { ...draft.batch, lines: draft.batch.lines.map(line) },
      });
      return Array.isArray(kept) ? (kept as Draft[]).map(whole) : [];
    } catch {
      return [];
    }
  }
}
