// What somebody says is left of a product.

import type { ProductAvailability } from './bindings.gen';

/** Most units that somebody counts on a shelf. */
export const MOST_LEFT = 999;

/** 0 units are none, and `null` is as many as are asked for. */
export type Word = { units: number | null; stays: boolean };

/** What has to be said so that it is as it was. */
export function wordOf({ said, remaining }: ProductAvailability): Word {
  if (said === null) return { units: null, stays: false };
  // Of what was counted down what is left counts, and not what there was.
  const units = said.units === 0 ? 0 : Math.min(said.units, remaining ?? said.units);
  return { units, stays: said.ends_at === null };
}
