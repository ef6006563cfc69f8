import { describe, expect, it } from 'vitest';
import type { Quote } from '../../ipc/bindings.gen';
import type { CartLine } from './draft';
import { ToldPrices } from './repriced';
import { wish } from './testing';

const line = (id: string, fields: Partial<CartLine> = {}): CartLine => ({ ...wish('cerveza', fields), id });

function quoteOf(units: Record<string, number>): Quote {
  const lines = Object.entries(units).map(([id, unit]) => {
    return { id, unit_price_minor: unit, total_minor: unit, reason: null };
  });
  return { lines, net_minor: 0, tax_minor: 0, total_minor: 0, order_total_minor: 0 };
}

const told = (changed: ReadonlyMap<string, number>) => Object.fromEntries(changed);

describe('a price that changes while a cart is open', () => {
  it('is told with what it was, as long as it is another', () => {
    const prices = new ToldPrices();
    const cart = [line('a'), line('b')];
    expect(told(prices.changed(cart, quoteOf({ a: 1_000, b: 500 })))).toEqual({});
    expect(told(prices.changed(cart, quoteOf({ a: 700, b: 500 })))).toEqual({ a: 1_000 });
    expect(told(prices.changed(cart, quoteOf({ a: 650, b: 500 })))).toEqual({ a: 1_000 });
    expect(told(prices.changed(cart, quoteOf({ a: 1_000, b: 500 })))).toEqual({});
  });

  it('is not told of more units, nor of another wish, which has another price', () => {
    const prices = new ToldPrices();
    prices.changed([line('a')], quoteOf({ a: 1_000 }));
    expect(told(prices.changed([line('a', { quantity: 3 })], quoteOf({ a: 1_000 })))).toEqual({});
    const larger = [line('a', { modifier_ids: ['grande'] })];
    expect(told(prices.changed(larger, quoteOf({ a: 1_300 })))).toEqual({});
    expect(told(prices.changed(larger, quoteOf({ a: 900 })))).toEqual({ a: 1_300 });
  });

  it('is not told of a line that nobody quoted', () => {
    expect(told(new ToldPrices().changed([line('a')], quoteOf({})))).toEqual({});
  });
});
