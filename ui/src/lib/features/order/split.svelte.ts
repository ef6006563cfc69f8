// Which lines of an order are chosen to go elsewhere, and what both parts come to.

import type { LineView, OrderView } from '../../ipc/bindings.gen';
import { ownLines } from './combos';

/** `apart`: a bill of their own at the same table. `elsewhere`: to a table that is touched next. */
export type Purpose = 'apart' | 'elsewhere';

/** Both parts of an order, as they would be. */
export type Parts = {
  going: readonly LineView[];
  staying: readonly LineView[];
  /** Units that go. */
  units: number;
  goingMinor: number;
  stayingMinor: number;
};

/** The guests to whom something of these lines belongs, in order. */
export function seatsOf(lines: readonly LineView[]): number[] {
  return [...new Set(lines.flatMap((line) => line.seat ?? []))].sort((a, b) => a - b);
}

export class Split {
  readonly orderId: string;
  readonly purpose: Purpose;
  /** The lines that go, with how many units of them; none is all. */
  #chosen = $state.raw<ReadonlyMap<string, number | null>>(new Map());

  constructor(orderId: string, purpose: Purpose) {
    this.orderId = orderId;
    this.purpose = purpose;
  }

  has(lineId: string): boolean {
    return this.#chosen.has(lineId);
  }

  toggle(lineId: string): void {
    const chosen = new Map(this.#chosen);
    if (!chosen.delete(lineId)) chosen.set(lineId, null);
    this.#chosen = chosen;
  }

  /** How many units of a line go; of some of which there are fewer meanwhile, as many as there are. */
  unitsOf({ id, quantity }: Pick<LineView, 'id' | 'quantity'>): number {
    return Math.min(this.#chosen.get(id) ?? quantity, quantity);
  }

  /** So many units of a line that is chosen go; none of it is chosen no longer. */
  setUnits({ id, quantity }: Pick<LineView, 'id' | 'quantity'>, units: number): void {
    const chosen = new Map(this.#chosen);
    if (units < 1) chosen.delete(id);
    else chosen.set(id, units >= quantity ? null : units);
    this.#chosen = chosen;
  }

  /** Whether all that a guest has goes. */
  hasSeat(view: OrderView, seat: number): boolean {
    const mine = this.#ofSeat(view, seat);
    return mine.length > 0 && mine.every((line) => this.has(line.id));
  }

  /** All that a guest has goes, or stays. */
  toggleSeat(view: OrderView, seat: number): void {
    const goes = !this.hasSeat(view, seat);
    const chosen = new Map(this.#chosen);
    for (const line of this.#ofSeat(view, seat)) {
      if (goes) chosen.set(line.id, null);
      else chosen.delete(line.id);
    }
    this.#chosen = chosen;
  }

  #ofSeat(view: OrderView, seat: number): LineView[] {
    return ownLines(view.lines).filter((line) => !line.voided && line.seat === seat);
  }

  /** A line as far as it goes, or stays; what was chosen for a combo goes where that goes. */
  #part(line: LineView, goes: boolean): LineView[] {
    const id = line.combo_line_id ?? line.id;
    const going = this.has(id) ? this.unitsOf({ id, quantity: line.quantity }) : 0;
    const units = goes ? going : line.quantity - going;
    if (units === 0) return [];
    const goingMinor = Math.round((line.total_minor / line.quantity) * going);
    const total_minor = goes ? goingMinor : line.total_minor - goingMinor;
    return [{ ...line, quantity: units, total_minor }];
  }

  /**
   * What was taken back or went elsewhere meanwhile is in neither part. The amounts are the core's, line by line; of a line
   * of which some units go, by the unit.
   */
  partsOf(view: OrderView): Parts {
    const live = view.lines.filter((line) => !line.voided);
    const going = live.flatMap((line) => this.#part(line, true));
    const staying = live.flatMap((line) => this.#part(line, false));
    const sum = (lines: readonly LineView[]) => lines.reduce((minor, line) => minor + line.total_minor, 0);
    const units = ownLines(going).reduce((count, line) => count + line.quantity, 0);
    return { going, staying, units, goingMinor: sum(going), stayingMinor: view.total_minor - sum(going) };
  }

  /** The lines that go, and of which of them how many units; the core takes along what was chosen for a combo. */
  goingOf(view: OrderView): { id: string; units: number | null }[] {
    const had = new Map(view.lines.map((line) => [line.id, line.quantity]));
    return ownLines(this.partsOf(view).going).map(({ id, quantity }) => ({
      id,
      units: quantity === had.get(id) ? null : quantity,
    }));
  }

  /** Whether what is chosen can go: a bill of its own needs another one that stays. */
  ready(view: OrderView): boolean {
    const { going, staying } = this.partsOf(view);
    return going.length > 0 && (this.purpose === 'elsewhere' || staying.length > 0);
  }
}
