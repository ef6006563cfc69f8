// What was said of a line's price when it was typed: a person who told a guest one price is told when another holds.

import type { Quote } from '../../ipc/bindings.gen';
import type { CartLine } from './draft';

/** What the price of a unit hangs on besides the menu. */
function wishOf({ product_id, variant_id, modifier_ids }: CartLine): string {
  return [product_id, variant_id, ...[...modifier_ids].sort()].join();
}

export class ToldPrices {
  readonly #told = new Map<string, { wish: string; unit: number }>();

  /** The lines whose units cost something else than when they were typed, with what they cost then. */
  changed(lines: readonly CartLine[], quote: Quote): ReadonlyMap<string, number> {
    const changed = new Map<string, number>();
    for (const line of lines) {
      const unit = quote.lines.find((one) => one.id === line.id)?.unit_price_minor;
      if (unit === undefined) continue;
      const wish = wishOf(line);
      const told = this.#told.get(line.id);
      if (told?.wish !== wish) this.#told.set(line.id, { wish, unit });
      else if (told.unit !== unit) changed.set(line.id, told.unit);
    }
    return changed;
  }
}
