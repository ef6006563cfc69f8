// How orders change tables, kinds, bills and hands on the main window: the steps between the order, the floor and the
// sheets.

import { tableOf } from '$lib/features/moves/open';
import { Moves, type Carried, type Done, type Served, type Target } from '$lib/features/moves/moves.svelte';
import { whatOf } from '$lib/features/moves/words';
import type { Floor } from '$lib/features/floor/floor.svelte';
import { missingOf } from '$lib/features/order/contact';
import { units, type Draft } from '$lib/features/order/draft';
import type { Hand } from '$lib/features/order/hand.svelte';
import { Split } from '$lib/features/order/split.svelte';
import type { I18n } from '$lib/i18n/i18n.svelte';
import type { Backend } from '$lib/ipc/backend';
import type { OrderSummary, OrderType, OrderView, TableView } from '$lib/ipc/bindings.gen';
import type { Toasts } from '$lib/ui/toasts.svelte';

/** What lies over the screen for the order in hand. */
export type HandsSheet = 'menu' | 'parts' | 'merge' | 'give';

interface Ports {
  readonly backend: Backend;
  readonly i18n: I18n;
  readonly toasts: Toasts;
  readonly floor: Floor;
  readonly hand: Hand;
  /** Shows the tables. */
  readonly toTables: () => void;
  /** Takes another order in hand, where its lines are now. */
  readonly follow: (orderId: string) => void;
}

export class Hands {
  sheet = $state<HandsSheet | null>(null);
  /** How whoever ordered is reached is being said. */
  describing = $state(false);
  /** Lines of the order in hand are being chosen. */
  split = $state.raw<Split | null>(null);
  readonly moves: Moves;
  readonly #ports: Ports;
  /** The cart that waits for a table to be touched: what nobody has sent. */
  #cart = $state.raw<Draft | null>(null);
  /** Orders that are being asked for at this moment, and those that ended and have nobody to go to. */
  readonly #strays = new Set<string>();
  /** Into which order one went, as far as this window was told. */
  #joined = $state.raw<ReadonlyMap<string, string>>(new Map());

  constructor(ports: Ports) {
    this.#ports = ports;
    this.moves = new Moves({
      backend: ports.backend,
      done: (done) => {
        this.#done(done);
      },
      failed: (sentence) => {
        ports.toasts.show('alarm', sentence);
      },
    });
  }

  /** The open order in hand; what is closed goes nowhere. */
  get order(): OrderView | null {
    const view = this.#ports.hand.view;
    return view === null || view.closed || this.#ports.hand.draft?.batch ? null : view;
  }

  /** Whether something waits for a table to be touched. */
  get carrying(): boolean {
    return this.moves.carried !== null || this.#cart !== null;
  }

  /** What waits for a table to be touched, in words. */
  get carried(): { what: string; from: string | null } | null {
    const { carried } = this.moves;
    if (this.#cart !== null) {
      const { lines, table } = this.#cart;
      return { what: this.#ports.i18n.t.moves.unsent(units(lines)), from: table?.id ?? null };
    }
    return carried && { what: whatOf(carried, this.#ports.i18n), from: carried.from?.id ?? null };
  }

  /** The open orders of the table where the order in hand stands. */
  get siblings(): readonly OrderSummary[] {
    const id = this.#ports.hand.orderId;
    return id === null ? [] : (tableOf(this.#ports.floor.view, id)?.orders ?? []);
  }

  get moving(): boolean {
    const id = this.#ports.hand.orderId;
    return id !== null && this.moves.busy.has(id);
  }

  /** The order that the one in hand was joined with, and the way there. */
  get joined(): { known: boolean; go: () => void } {
    const { hand, toTables } = this.#ports;
    const into = hand.view?.merged_into ?? this.#joined.get(hand.orderId ?? '');
    const go = () => {
      if (into !== undefined) this.#ports.follow(into);
      else {
        hand.release();
        toTables();
      }
    };
    return { known: into !== undefined, go };
  }

  openMenu(): void {
    if (this.order !== null) this.sheet = 'menu';
  }

  /** One step was chosen in the order's menu. */
  choose(chosen: 'move' | 'parts' | 'split' | 'lines' | 'merge' | 'give'): void {
    this.sheet = null;
    const { order } = this;
    if (order === null) return;
    if (chosen === 'move') this.move();
    else if (chosen === 'split') this.split = new Split(order.id, 'apart');
    else if (chosen === 'lines') this.split = new Split(order.id, 'elsewhere');
    else this.sheet = chosen;
  }

  /** It is to be served as something else: at the table that is touched next, or without one at once. */
  serve(type: OrderType): void {
    this.sheet = null;
    const { order } = this;
    if (order === null || order.order_type === type) return;
    const { id, number, order_type, table } = order;
    this.split = null;
    if (type === 'dine_in')
      this.#take({ orders: [{ id, number }], lines: null, from: null, was: order_type });
    else void this.#become({ id, number, order_type, table }, type);
  }

  /** Its bill is in parts now, or whole again. */
  divided(view: OrderView): void {
    const { hand, toasts, i18n } = this.#ports;
    hand.accept(view);
    const { divided, joined } = i18n.t.parts;
    toasts.show('calm', view.division === null ? joined : divided(view.division.parts.length));
  }

  /** All of the order in hand goes to the table that is touched next. */
  move(): void {
    const { order } = this;
    const { draft } = this.#ports.hand;
    if (order === null) {
      if (draft === null || draft.known || draft.batch !== null) return;
      this.#cart = draft;
      this.#ports.toTables();
      return;
    }
    this.split = null;
    this.#take({ orders: [{ id: order.id, number: order.number }], lines: null, from: order.table });
  }

  /** An order of a table goes to the one that is touched next; nobody has to take it in hand. */
  lift({ id, number }: OrderSummary, from: TableView): void {
    this.#take({ orders: [{ id, number }], lines: null, from: { id: from.id, name: from.name } });
  }

  /** The chosen lines go: to a bill of their own, or to the table that is touched next. */
  async confirmSplit(): Promise<void> {
    const { order, split } = this;
    if (order === null || split === null || !split.ready(order)) return;
    const { staying } = split.partsOf(order);
    const lines = split.goingOf(order);
    const numbered = { id: order.id, number: order.number };
    if (split.purpose === 'apart') {
      if (await this.moves.split(numbered, order.table, lines)) this.split = null;
      return;
    }
    this.split = null;
    this.#take({ orders: [numbered], lines: staying.length === 0 ? null : lines, from: order.table });
  }

  /** A table was touched while something waits for one. */
  putOn(table: TableView): void {
    if (this.#cart === null) {
      void this.moves.putOn(table);
      return;
    }
    const { hand, floor, toasts, i18n, follow } = this.#ports;
    const { order_id, table: from } = this.#cart;
    this.#cart = null;
    if (from?.id === table.id) return;
    const room = floor.view?.rooms.find((one) => one.tables.some(({ id }) => id === table.id));
    const place = { id: table.id, name: table.name, room: room?.name ?? '' };
    // At a table of several bills it is a bill of its own: nobody said whose it is.
    const open = table.orders.length === 1 ? (table.orders[0]?.id ?? null) : null;
    const id = hand.drafts.put(order_id, place, open);
    toasts.show('calm', i18n.t.moves.unsentMoved(table.name));
    if (id !== hand.orderId) follow(id);
  }

  /** A table was dragged onto another one. */
  drop(from: TableView, to: TableView): void {
    void this.moves.putOn(to, { orders: from.orders, lines: null, from });
  }

  /** What is typed for orders that are no longer open goes to those that have their lines. */
  async gather(): Promise<void> {
    const { backend, floor, hand, follow } = this.#ports;
    if (floor.view === null) return;
    const tables = floor.view.rooms.flatMap((room) => room.tables);
    this.#sitDown(tables);
    const seated = tables.flatMap((table) => table.orders);
    const open = new Set([...seated, ...floor.view.others].map((order) => order.id));
    for (const { order_id: id, known, batch, lines } of hand.drafts.all) {
      if (!known || batch !== null || lines.length === 0 || open.has(id) || this.#strays.has(id)) continue;
      this.#strays.add(id);
      let again = true;
      try {
        const into = await this.#last(backend, id);
        // One that has ended otherwise has nobody to go to, however often it is asked for.
        again = !into.closed;
        if (into.closed || into.id === id) continue;
        hand.drafts.join(id, into);
        if (hand.orderId === id) follow(into.id);
      } catch {
        // Without a link nobody can say; the next reading of the floor asks again.
      } finally {
        if (again) this.#strays.delete(id);
      }
    }
  }

  /** What is typed at a table that somebody else opened meanwhile is typed for their order: a table stays one bill. */
  #sitDown(tables: readonly TableView[]): void {
    const { hand, toasts, i18n, follow } = this.#ports;
    for (const { order_id: id, known, batch, lines, table } of [...hand.drafts.all]) {
      if (known || batch !== null || table === null) continue;
      const inHand = hand.orderId === id;
      const there = tables.find((one) => one.id === table.id)?.orders ?? [];
      const [order] = there;
      // Among several bills it is one of its own.
      if (order === undefined || there.length > 1 || order.id === id || (lines.length === 0 && !inHand))
        continue;
      hand.drafts.put(id, table, order.id);
      toasts.show('warn', i18n.t.moves.tableTaken(table.name, order.number, order.waiter));
      if (inHand) follow(order.id);
    }
  }

  /** The order that has the lines of one that was joined with another, that with a third…; itself when it was not. */
  async #last(backend: Backend, id: string): Promise<OrderView> {
    let view = await backend.call('get_order', { order_id: id });
    while (view.merged_into !== null) view = await backend.call('get_order', { order_id: view.merged_into });
    return view;
  }

  /** One step back, when there is one here. */
  back(): boolean {
    if (this.#cart !== null) this.#cart = null;
    else if (this.moves.carried !== null) this.moves.leave();
    else if (this.split !== null) this.split = null;
    else return false;
    return true;
  }

  /** Another order is taken in hand: what was begun with this one is over. */
  end(): void {
    this.sheet = null;
    this.split = null;
    this.#cart = null;
    this.moves.leave();
  }

  /** Served without a table. Whoever brings it has to know where to: what is missing is asked. */
  async #become(was: Served, to: OrderType): Promise<void> {
    if (!(await this.moves.become(was, to, null))) return;
    const { view } = this.#ports.hand;
    if (view?.id !== was.id) return;
    this.describing = missingOf(view.order_type, view.customer, view.contact).length > 0;
  }

  #take(carried: Carried): void {
    this.moves.take(carried);
    this.#ports.toTables();
  }

  #done(done: Done): void {
    const { hand, floor, toasts } = this.#ports;
    const inHand = hand.orderId;
    for (const view of done.views) hand.accept(view);
    if (done.kind === 'joined') this.#join(done.carried, done.into, inHand);
    void floor.kept.read();
    toasts.show('calm', this.#told(done), this.#undo(done));
  }

  /** Orders that are closed now lead to the one that has their lines. */
  #join({ orders, lines }: Carried, into: OrderView, inHand: string | null): void {
    if (lines !== null) return;
    const gone = orders.map((order) => order.id);
    this.#joined = new Map([...this.#joined, ...gone.map((id) => [id, into.id] as const)]);
    for (const id of gone) this.#ports.hand.drafts.join(id, into);
    if (inHand !== null && gone.includes(inHand)) this.#ports.follow(into.id);
  }

  #told(done: Done): string {
    const { t } = this.#ports.i18n;
    if (done.kind === 'given') return t.moves.given(done.view.waiter);
    const what = whatOf(done.carried, this.#ports.i18n);
    if (done.kind === 'moved') return t.moves.moved(what, done.to.name);
    if (done.kind === 'became') return this.#served(done.view);
    if (done.kind === 'joined') return t.moves.joined(what, done.into.number);
    return t.moves.splitDone(done.carried.lines?.length ?? 0, done.into.number);
  }

  /** How an order is served now. */
  #served({ number, order_type, table }: OrderView): string {
    const { moves } = this.#ports.i18n.t;
    if (table !== null) return moves.moved(moves.order(number), table.name);
    return moves.became(moves.order(number), moves.served[order_type]);
  }

  /** Back to where it stood, while the hand that slipped is still there. */
  #undo(done: Done): { label: string; run: () => void } | null {
    const { undo } = this.#ports.i18n.t.common;
    if (done.kind === 'became') {
      const { was, view } = done;
      const at = was.table && { ...was.table, orders: [] };
      return { label: undo, run: () => void this.moves.become(view, was.order_type, at) };
    }
    if (done.kind !== 'moved' || done.carried.lines !== null) return null;
    const { from, orders } = done.carried;
    if (from === null) return null;
    const back: Target = { ...from, orders: [] };
    const carried = { orders, lines: null, from: { id: done.to.id, name: done.to.name } };
    return {
      label: undo,
      run: () => void this.moves.apart(carried, back),
    };
  }
}
