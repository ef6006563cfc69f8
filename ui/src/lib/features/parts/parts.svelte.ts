// How the bill of an order is to be divided, as far as it is chosen, and what the core says each part comes to.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type { DivisionView, LineView, OrderView } from '../../ipc/bindings.gen';
import { Teller, type Wish as WishOf } from '../../ipc/tell';

export const LEAST_PARTS = 2;
export const MOST_PARTS = 30;
export const MOST_WEIGHT = 99;

type Weights = readonly number[];

/** A division as the core is asked for it. */
type Wish = WishOf<'divide_bill'>;

/** The guests of an order who could pay for themselves: those who sit there, and those for whom something is. */
export function payers(order: OrderView): number[] {
  const seated = live(order).flatMap((line) => line.seat ?? []);
  if (seated.length === 0) return [];
  const covers = Array.from({ length: order.covers ?? 0 }, (_, at) => at + 1);
  return [...new Set([...covers, ...seated])].sort((a, b) => a - b).slice(0, MOST_PARTS);
}

function live(order: OrderView): LineView[] {
  return order.lines.filter((line) => !line.voided);
}

export class Parts {
  count = $state(LEAST_PARTS);
  /** Whose the parts are, by seat; empty when they are only numbered. */
  seats = $state.raw<readonly number[]>([]);
  /** What the parts come to; the last one while a newer one is on its way. */
  quote = $state.raw<DivisionView | null>(null);
  asking = $state(false);
  problem = $state.raw<string | null>(null);
  /** The lines of which it was said who shares them. */
  #shares = $state.raw<ReadonlyMap<string, Weights>>(new Map());
  #order = $state.raw() as OrderView;
  #asked = 0;
  readonly #backend: Backend;
  readonly #teller: Teller;

  constructor(backend: Backend, order: OrderView) {
    this.#backend = backend;
    this.#teller = new Teller(backend);
    this.#order = order;
    const { division } = order;
    if (division === null) {
      this.count = Math.min(Math.max(order.covers ?? LEAST_PARTS, LEAST_PARTS), MOST_PARTS);
    } else {
      this.count = division.parts.length;
      this.seats = division.parts.flatMap((part) => part.seat ?? []);
      const said = division.lines.filter((line) => line.said);
      this.#shares = new Map(said.map((line) => [line.line_id, line.weights]));
    }
  }

  /** What can be shared. What was chosen for a combo is shared as the combo is. */
  get lines(): LineView[] {
    return live(this.#order).filter((line) => line.combo_line_id === null);
  }

  /** Whose a part is, counted from 0; none when it is only numbered. */
  seatOf(part: number): number | null {
    return this.seats[part] ?? null;
  }

  /** What was said of a line; none when nothing was. */
  said(lineId: string): Weights | null {
    return this.#shares.get(lineId) ?? null;
  }

  /** How the core shares a line now, in weights and in amounts. */
  shared(lineId: string): { weights: Weights; amounts: Weights } | null {
    const line = this.quote?.lines.find((one) => one.line_id === lineId);
    return line === undefined ? null : { weights: line.weights, amounts: line.amounts_minor };
  }

  /** The order is another one now: what is not in it any more is shared by nobody. */
  follow(order: OrderView): void {
    if (order.revision === this.#order.revision) return;
    this.#order = order;
    void this.ask();
  }

  /** So many equal parts; who shares what stays, as far as there is still somebody. */
  setCount(count: number): void {
    const to = Math.min(Math.max(count, LEAST_PARTS), MOST_PARTS);
    this.#arrange(Array.from({ length: to }, (_, at) => at));
    this.count = to;
    void this.ask();
  }

  /** Parts by seat, or only numbered. What was said of lines was said of other parts. */
  bySeat(yes: boolean): void {
    this.seats = yes ? payers(this.#order) : [];
    if (yes) this.count = this.seats.length;
    this.#shares = new Map();
    void this.ask();
  }

  /** One guest more or less pays; two at least do. */
  toggleSeat(seat: number): void {
    const without = this.seats.filter((one) => one !== seat);
    const seats = without.length < this.seats.length ? without : [...without, seat].sort((a, b) => a - b);
    if (seats.length < LEAST_PARTS || seats.length > MOST_PARTS) return;
    this.#arrange(seats.map((one) => this.seats.indexOf(one)));
    this.seats = seats;
    this.count = seats.length;
    void this.ask();
  }

  /** A part shares a line, or does not. The first that is named begins anew; when none is left, all share it. */
  toggle(lineId: string, part: number): void {
    this.weigh(lineId, part, (this.said(lineId)?.[part] ?? 0) > 0 ? 0 : 1);
  }

  weigh(lineId: string, part: number, weight: number): void {
    const before = this.said(lineId) ?? Array.from({ length: this.count }, () => 0);
    this.#say(
      lineId,
      before.map((one, at) => (at === part ? Math.min(Math.max(weight, 0), MOST_WEIGHT) : one)),
    );
    void this.ask();
  }

  /** Nothing is said of a line any more. */
  forget(lineId: string): void {
    this.#say(lineId, []);
    void this.ask();
  }

  /** Asks what the parts come to; the answer to the last question counts. */
  async ask(): Promise<void> {
    const turn = ++this.#asked;
    this.asking = true;
    try {
      const quote = await this.#backend.call('quote_division', this.#wish());
      if (turn !== this.#asked) return;
      this.quote = quote;
      this.problem = null;
    } catch (error) {
      if (turn === this.#asked) this.problem = sentenceOf(error);
    } finally {
      if (turn === this.#asked) this.asking = false;
    }
  }

  /** Divides the bill so; rejects with a sentence. */
  save(): Promise<OrderView> {
    return this.#divide(this.#wish());
  }

  /** Joins the parts again; rejects with a sentence. */
  join(): Promise<OrderView> {
    return this.#divide({ order_id: this.#order.id, parts: 1, seats: [], shares: [] });
  }

  #divide(wish: Wish): Promise<OrderView> {
    return this.#teller.tell('divide_bill', wish);
  }

  #wish(): Wish {
    const there = new Set(this.lines.map((line) => line.id));
    const said = [...this.#shares].filter(([line]) => there.has(line));
    return {
      order_id: this.#order.id,
      parts: this.count,
      seats: [...this.seats],
      shares: said.map(([line_id, weights]) => ({ line_id, weights: [...weights] })),
    };
  }

  #say(lineId: string, weights: Weights): void {
    const shares = new Map(this.#shares);
    if (weights.some((weight) => weight > 0)) shares.set(lineId, weights);
    else shares.delete(lineId);
    this.#shares = shares;
  }

  /** The parts are those now that were at these places; one that was not there shares nothing that somebody named. */
  #arrange(places: readonly number[]): void {
    for (const [line, weights] of this.#shares) {
      this.#say(
        line,
        places.map((place) => weights[place] ?? 0),
      );
    }
  }
}
