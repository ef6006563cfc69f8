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
  #chosen = $state.raw<ReadonlySet<string>>(new Set());

  constructor(orderId: string, purpose: Purpose) {
    this.orderId = orderId;
    this.purpose = purpose;
  }

  has(lineId: string): boolean {
    return this.#chosen.has(lineId);
  }

  toggle(lineId: string): void {
    const chosen = new Set(this.#chosen);
    if (!chosen.delete(lineId)) chosen.add(lineId);
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
    const chosen = new Set(this.#chosen);
    for (const line of this.#ofSeat(view, seat)) {
      if (goes) chosen.add(line.id);
      else chosen.delete(line.id);
    }
    this.#chosen = chosen;
  }

  #ofSeat(view: OrderView, seat: number): LineView[] {
    return ownLines(view.lines).filter((line) => !line.voided && line.seat === seat);
  }

  /** Whether a line goes; what was chosen for a combo goes where that goes. */
  #goes({ id, combo_line_id }: LineView): boolean {
    return this.has(combo_line_id ?? id);
  }

  /** What was taken back or went elsewhere meanwhile is in neither part. The amounts are the core's, line by line. */
  partsOf(view: OrderView): Parts {
    const live = view.lines.filter((line) => !line.voided);
    const going = live.filter((line) => this.#goes(line));
    const staying = live.filter((line) => !this.#goes(line));
    const sum = (lines: readonly LineView[]) => lines.reduce((minor, line) => minor + line.total_minor, 0);
    const units = ownLines(going).reduce((count, line) => count + line.quantity, 0);
    return { going, staying, units, goingMinor: sum(going), stayingMinor: view.total_minor - sum(going) };
  }

  /** Whether what is chosen can go: a bill of its own needs another one that stays. */
  ready(view: OrderView): boolean {
    const { going, staying } = this.partsOf(view);
    return going.length > 0 && (this.purpose === 'elsewhere' || staying.length > 0);
  }
}
