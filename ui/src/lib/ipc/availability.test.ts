import { describe, expect, it } from 'vitest';
import { wordOf } from './availability';
import type { ProductAvailability } from './bindings.gen';

function known(said: ProductAvailability['said'], remaining: number | null): ProductAvailability {
  return { product_id: 'p', name: 'Ajiaco', short_code: '1', sold_out: remaining === 0, remaining, said };
}

describe('what has to be said so that a product is as it was', () => {
  const said = (units: number, ends_at: number | null = 9) => ({ units, by: 'Cocina', at: 1, ends_at });

  it('is nothing where nobody said anything', () => {
    expect(wordOf(known(null, null))).toEqual({ units: null, stays: false });
    expect(wordOf(known(null, 12)), 'the stock says it by itself').toEqual({ units: null, stays: false });
  });

  it('is what is left of what was counted', () => {
    expect(wordOf(known(said(8), 3))).toEqual({ units: 3, stays: false });
    expect(wordOf(known(said(8), 0)), 'it has run out since').toEqual({ units: 0, stays: false });
  });

  it('holds for as long as it did', () => {
    expect(wordOf(known(said(0, null), null))).toEqual({ units: 0, stays: true });
  });
});
