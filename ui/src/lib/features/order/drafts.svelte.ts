// Every unsent cart of this terminal. Each is kept twice: on the machine, where it is found at once and also without a
// connection, and by the core, whose disk has it before a power cut can take it. Of two copies the newer one counts.

import type { CartView, OrderView } from '../../ipc/bindings.gen';
import { newId } from '../../ipc/ids';
import { isEmpty, newDraft, units, type CartLine, type Draft, type Place } from './draft';
import type { Keeper, Word } from './keeper';

const KEY = 'fastops.drafts';

/** How a cart lies on the machine. */
type Kept = Word & { order_id: string };

export class Drafts {
  all = $state<Draft[]>([]);
  readonly #storage: Storage;
  readonly #key: string;
  readonly #keeper: Pick<Keeper, 'keep'>;
  readonly #now: () => number;
  /** What was said last about each order. */
  readonly #said = new Map<string, Word>();

  constructor(storage: Storage, terminalId: string, keeper: Pick<Keeper, 'keep'>, now: () => number) {
    this.#storage = storage;
    this.#key = `${KEY}.${terminalId}`;
    this.#keeper = keeper;
    this.#now = now;
    for (const { order_id, version, content } of this.#read()) {
      const draft = content === null ? null : readDraft(content);
      if (draft === null && content !== null) continue;
      this.#said.set(order_id, { version, content: draft && JSON.stringify(draft) });
      if (draft) this.all.push(draft);
    }
  }

  find(orderId: string): Draft | null {
    return this.all.find((draft) => draft.order_id === orderId) ?? null;
  }

  /** Orders that nobody has sent yet, with something in them. */
  get unsent(): Draft[] {
    return this.all.filter((draft) => !isEmpty(draft));
  }

  /** Units that are typed for orders that were sent, by order. */
  get added(): ReadonlyMap<string, number> {
    const more = this.unsent.filter((draft) => draft.known);
    return new Map(more.map((draft) => [draft.order_id, units(draft.lines)]));
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
    if (kept?.order_id === openOrderId) {
      kept.known = true;
    } else if (kept?.batch === null) {
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

  /** Where what was taken out of a cart goes back to: the cart, also when it was put away empty, or its table's since. */
  home(draft: Draft): Draft {
    const { order_id, table, known } = draft;
    const isHere = (one: Draft) => !one.known && one.table?.id === table?.id;
    const there = this.find(order_id) ?? (table === null || known ? undefined : this.all.find(isHere));
    if (there) return there;
    this.all = [...this.all, draft];
    return this.find(order_id) ?? draft;
  }

  /** Throws away what nobody sent; the function returned brings it back. */
  discard(orderId: string): (() => void) | null {
    const draft = this.find(orderId);
    if (draft === null || draft.known || draft.batch !== null) return null;
    const { lines, ...about } = $state.snapshot(draft) as Draft;
    this.all = this.all.filter((one) => one.order_id !== orderId);
    this.save();
    return () => {
      const home = this.home({ ...about, lines: [] });
      home.lines.push(...lines);
      this.save();
    };
  }

  /** What nobody sent is for another table, or for the order that is open there. */
  put(orderId: string, table: NonNullable<Place['table']>, openOrderId: string | null): string {
    const draft = this.find(orderId);
    if (draft === null || draft.known || draft.batch !== null) return orderId;
    const there = openOrderId ?? this.all.find((one) => !one.known && one.table?.id === table.id)?.order_id;
    if (there === undefined || there === orderId) {
      draft.table = table;
    } else {
      const into = this.take(there, { order_type: 'dine_in', table }, openOrderId !== null);
      into.lines.push(...draft.lines);
      this.all = this.all.filter((one) => one.order_id !== orderId);
    }
    this.save();
    return there ?? orderId;
  }

  /** Keeps what is typed. Called after every change. */
  save(): void {
    const kept = this.all.filter((draft) => !isEmpty(draft) || !draft.known);
    const contents = new Map(kept.map((draft) => [draft.order_id, JSON.stringify(draft)]));
    for (const orderId of new Set([...contents.keys(), ...this.#said.keys()])) {
      this.#say(orderId, contents.get(orderId) ?? null);
    }
    this.#write();
  }

  /** Takes up what the core has kept, and has it keep what is newer here. */
  adopt(carts: readonly CartView[]): void {
    for (const cart of carts) {
      const { order_id, version, content, known } = cart;
      const mine = this.#said.get(order_id);
      if (mine && mine.version >= version) {
        if (mine.version > version) this.#keeper.keep(order_id, mine);
      } else {
        this.#replace(order_id, content);
        this.#said.set(order_id, { version, content });
      }
      const draft = this.find(order_id);
      if (draft) draft.known ||= known;
    }
    const there = new Set(carts.map((cart) => cart.order_id));
    for (const [orderId, word] of this.#said) {
      if (there.has(orderId)) continue;
      // What was emptied, and the core knows nothing of, cannot come back.
      if (word.content === null) this.#said.delete(orderId);
      else this.#keeper.keep(orderId, word);
    }
    this.#write();
  }

  #say(orderId: string, content: string | null): void {
    const last = this.#said.get(orderId);
    if (last?.content === content) return;
    const word = { version: Math.max(this.#now(), (last?.version ?? 0) + 1), content };
    this.#said.set(orderId, word);
    this.#keeper.keep(orderId, word);
  }

  /** Whoever has the cart in hand goes on with what it holds now. */
  #replace(orderId: string, content: string | null): void {
    const here = this.find(orderId);
    const newer = content === null ? null : readDraft(content);
    if (newer !== null && here !== null) Object.assign(here, newer);
    else if (newer !== null) this.all.push(newer);
    else if (here !== null) Object.assign(here, { lines: [], batch: null });
  }

  #write(): void {
    const kept: Kept[] = [...this.#said].map(([order_id, word]) => ({ order_id, ...word }));
    try {
      this.#storage.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // The machine's storage is full: the core keeps the cart all the same, and no tap may fail for it.
    }
  }

  #read(): Kept[] {
    try {
      const kept: unknown = JSON.parse(this.#storage.getItem(this.#key) ?? '[]');
      if (!Array.isArray(kept)) return [];
      return (kept as (Kept | Draft)[]).map((one) => {
        // An earlier program kept the drafts themselves.
        if (!('version' in one)) return { order_id: one.order_id, version: 0, content: JSON.stringify(one) };
        return one;
      });
    } catch {
      return [];
    }
  }
}

/** A cart as it was kept; none where it cannot be read. */
function readDraft(content: string): Draft | null {
  try {
    return whole(JSON.parse(content) as Draft);
  } catch {
    return null;
  }
}

/** A cart that was kept by an earlier program knows nothing of whoever ordered, nor of combos. */
function whole(draft: Draft): Draft {
  const line = (one: CartLine): CartLine => ({ ...one, parts: (one as Partial<CartLine>).parts ?? [] });
  return {
    ...newDraft(draft.order_id, draft, draft.known),
    ...draft,
    lines: draft.lines.map(line),
    batch: draft.batch && { ...draft.batch, lines: draft.batch.lines.map(line) },
  };
}
