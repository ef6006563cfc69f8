// Orders on their way to another table, to none, into another order, into other hands: what goes, where to is asked,
// and what the core says to it.

import { isUnanswered, sentenceOf, type Backend } from '../../ipc/backend';
import type { OrderSummary, OrderType, OrderView } from '../../ipc/bindings.gen';
import { newId } from '../../ipc/ids';
import { Once } from '../../ipc/once';

type Numbered = Pick<OrderSummary, 'id' | 'number'>;

/** An order and how it is served. */
export type Served = Pick<OrderView, 'id' | 'number' | 'order_type' | 'table'>;

/** A line that goes, and how many units of it; none when it goes whole. */
export type Going = { id: string; units: number | null };

/** What goes: all of some orders of a table, or some lines of one order. */
export type Carried = {
  orders: readonly Numbered[];
  /** None when all of it goes. */
  lines: readonly Going[] | null;
  from: { id: string; name: string } | null;
  /** How an order without a table was served until now: it sits down. */
  was?: OrderType;
};

/** A table that something can go to, with what is open there. */
export type Target = { id: string; name: string; orders: readonly OrderSummary[] };

/** A table that is taken: whether what comes stays apart or joins is asked. */
export type Question = { carried: Carried; target: Target; orders: readonly OrderSummary[] };

/** What was done, for who tells it and for who goes on from there. */
export type Done =
  | { kind: 'moved'; carried: Carried; to: Target; views: readonly OrderView[] }
  | { kind: 'joined'; carried: Carried; into: OrderView; views: readonly OrderView[] }
  | { kind: 'split'; carried: Carried; into: OrderView; views: readonly OrderView[] }
  | { kind: 'became'; carried: Carried; was: Served; view: OrderView; views: readonly OrderView[] }
  | { kind: 'given'; view: OrderView; views: readonly OrderView[] };

export interface MovesPorts {
  readonly backend: Backend;
  readonly done: (done: Done) => void;
  /** It was not done, as a sentence. */
  readonly failed: (sentence: string) => void;
}

export class Moves {
  /** What waits for a table to be touched. */
  carried = $state.raw<Carried | null>(null);
  asked = $state.raw<Question | null>(null);
  /** Orders that are on their way at this moment. */
  busy = $state.raw<ReadonlySet<string>>(new Set());
  /** Tables where something is on its way from or to. */
  tables = $state.raw<ReadonlySet<string>>(new Set());

  readonly #ports: MovesPorts;
  readonly #once = new Once();
  /** The ids of orders to be made, the same for the same wish until all of it is done. */
  readonly #new = new Map<string, string>();
  /** Steps of what is under way that are done already: pressed again, it goes on after them. */
  readonly #steps = new Map<string, unknown>();

  constructor(ports: MovesPorts) {
    this.#ports = ports;
  }

  get working(): boolean {
    return this.busy.size > 0;
  }

  /** Takes something up; the next table that is touched is where it goes. */
  take(carried: Carried): void {
    this.asked = null;
    this.carried = carried;
  }

  /** Puts it back where it was. */
  leave(): void {
    this.carried = null;
    this.asked = null;
  }

  /** What is carried goes to this table: at once when it is free, otherwise it is asked how. */
  async putOn(target: Target, carried = this.carried): Promise<void> {
    if (carried === null || this.working) return;
    if (target.id === carried.from?.id && carried.lines === null) {
      this.leave();
      return;
    }
    const going = new Set(carried.orders.map((order) => order.id));
    const orders = target.orders.filter((order) => !going.has(order.id));
    if (orders.length > 0) this.asked = { carried, target, orders };
    else await this.apart(carried, target);
  }

  /** As orders of their own at that table. */
  async apart(carried: Carried, target: Target): Promise<boolean> {
    const [first] = carried.orders;
    if (carried.was !== undefined && first !== undefined)
      return this.become({ ...first, order_type: carried.was, table: null }, 'dine_in', target);
    return this.#run(carried, [target.id], async () => {
      if (carried.lines !== null) return this.#linesApart(carried, carried.lines, target);
      const views = await this.#each(carried, (id) => this.#moveOrder(id, target.id));
      return { kind: 'moved', carried, to: target, views };
    });
  }

  /** An order is served as something else than until now; at this table, when it sits down. */
  async become(was: Served, to: OrderType, at: Target | null): Promise<boolean> {
    const carried = { orders: [was], lines: null, from: was.table };
    return this.#run(carried, at === null ? [] : [at.id], async () => {
      // Whoever sits down where others are was asked first, unless nobody was there yet.
      const share_table = at !== null && at.orders.length > 0;
      const table_id = at?.id ?? null;
      const what = `become ${was.id} ${to} ${String(table_id)} ${String(share_table)}`;
      const view = await this.#step(what, (command_id) =>
        this.#ports.backend.call('change_order_type', {
          command_id,
          order_id: was.id,
          order_type: to,
          table_id,
          share_table,
        }),
      );
      return { kind: 'became', carried, was, view, views: [view] };
    });
  }

  /** Into an order that is open; `at` is the table where that stands. */
  async into(carried: Carried, toId: string, at: string | null): Promise<boolean> {
    return this.#run(carried, at === null ? [] : [at], async () => {
      const { lines } = carried;
      const answers = await this.#each(carried, (id) =>
        lines === null ? this.#merge(id, toId) : this.#moveLines(id, toId, lines, false),
      );
      const into = answers.at(-1)?.to;
      if (into === undefined) throw new Error('nothing was carried');
      return { kind: 'joined', carried, into, views: [...answers.map((one) => one.from), into] };
    });
  }

  /** Some lines of an order as another one at the same table. */
  async split(order: Numbered, from: Carried['from'], lines: readonly Going[]): Promise<boolean> {
    const carried = { orders: [order], lines, from };
    return this.#run(carried, [], async () => {
      const { views, into } = await this.#newOrder(order.id, lines);
      return { kind: 'split', carried, into, views };
    });
  }

  /** To another waiter. */
  async give(order: Numbered, userId: string): Promise<boolean> {
    return this.#run({ orders: [order], lines: null, from: null }, [], async () => {
      const view = await this.#step(`give ${order.id} ${userId}`, (command_id) =>
        this.#ports.backend.call('give_order', { command_id, order_id: order.id, user_id: userId }),
      );
      return { kind: 'given', view, views: [view] };
    });
  }

  /** Shows at once that it is under way, does it, and tells how it went. */
  async #run(carried: Carried, tables: string[], work: () => Promise<Done>): Promise<boolean> {
    if (this.working) return false;
    this.busy = new Set(carried.orders.map((order) => order.id));
    this.tables = new Set([...(carried.from ? [carried.from.id] : []), ...tables]);
    try {
      const done = await work();
      this.#forget();
      this.#ports.done(done);
      return true;
    } catch (error) {
      // What got no answer stays in hand, so that the same command can go out again.
      if (!isUnanswered(error)) this.#forget();
      this.#ports.failed(sentenceOf(error));
      return false;
    } finally {
      this.busy = new Set();
      this.tables = new Set();
    }
  }

  #forget(): void {
    this.leave();
    this.#new.clear();
    this.#steps.clear();
  }

  async #step<T>(what: string, command: (commandId: string) => Promise<T>): Promise<T> {
    if (this.#steps.has(what)) return this.#steps.get(what) as T;
    const answer = await this.#once.run(what, command);
    this.#steps.set(what, answer);
    return answer;
  }

  async #each<T>({ orders }: Carried, command: (orderId: string) => Promise<T>): Promise<T[]> {
    const answers: T[] = [];
    for (const order of orders) answers.push(await command(order.id));
    return answers;
  }

  /** Lines go to another table as an order of their own: it is made where they were, and moves. */
  async #linesApart(carried: Carried, lines: readonly Going[], target: Target): Promise<Done> {
    const { views, into } = await this.#newOrder(carried.orders[0]?.id ?? '', lines);
    if (into.table?.id === target.id) return { kind: 'split', carried, into, views };
    const there = await this.#moveOrder(into.id, target.id);
    return {
      kind: 'moved',
      carried,
      to: target,
      views: [...views.filter((view) => view.id !== there.id), there],
    };
  }

  async #newOrder(fromId: string, lines: readonly Going[]): Promise<{ views: OrderView[]; into: OrderView }> {
    const wish = `${fromId} ${wordOf(lines)}`;
    const id = this.#new.get(wish) ?? newId();
    this.#new.set(wish, id);
    const { from, to } = await this.#moveLines(fromId, id, lines, true);
    return { views: [from, to], into: to };
  }

  #moveOrder(orderId: string, tableId: string): Promise<OrderView> {
    return this.#step(`move ${orderId} ${tableId}`, (command_id) =>
      this.#ports.backend.call('move_order', { command_id, order_id: orderId, table_id: tableId }),
    );
  }

  #merge(fromId: string, toId: string) {
    return this.#step(`merge ${fromId} ${toId}`, (command_id) =>
      this.#ports.backend.call('merge_orders', { command_id, from_order_id: fromId, to_order_id: toId }),
    );
  }

  #moveLines(fromId: string, toId: string, lines: readonly Going[], isNew: boolean) {
    const line_ids = lines.map((line) => line.id);
    const pieces = lines.flatMap(({ id, units }) =>
      units === null ? [] : [{ line_id: id, quantity: units }],
    );
    return this.#step(`lines ${fromId} ${toId} ${wordOf(lines)}`, (command_id) =>
      this.#ports.backend.call('move_lines', {
        command_id,
        from_order_id: fromId,
        to_order_id: toId,
        new_order: isNew,
        line_ids,
        pieces,
      }),
    );
  }
}

/** The same for the same lines, in any order. */
function wordOf(lines: readonly Going[]): string {
  const words = lines.map(({ id, units }) => `${id}:${String(units ?? 'all')}`);
  return words.sort().join();
}
