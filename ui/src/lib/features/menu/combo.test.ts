import { describe, expect, it } from 'vitest';
import type { ModifierGroupView, ProductView, VariantView } from '../../ipc/bindings.gen';
import { calledAmong, ComboWish, optionOf, type Option, type Slot } from './combo.svelte';

const PORTION: ModifierGroupView = {
  id: 'porcion',
  portioning: 'whole',
  name: 'Porción',
  min: 1,
  max: 1,
  modifiers: ['completa', 'media'].map((id) => ({ id, name: id, price_minor: 0 })),
};

function product(id: string, fields: Partial<ProductView> = {}): ProductView {
  return {
    ...{ id, category_id: 'c', name: id, short_code: id, price_minor: 900, reason: null, sold_out: false },
    photo_id: null,
    ...{ remaining: null, variants: [], group_ids: [], station_id: null, slots: [] },
    ...fields,
  };
}

function variant(id: string, sold_out = false): VariantView {
  return { id, name: id, price_minor: 900, reason: null, sold_out };
}

function option(one: ProductView, price_minor = 0, groups: ModifierGroupView[] = []): Option {
  const made = optionOf({ product_id: one.id, variant_id: null, price_minor }, one, groups);
  if (made === null) throw new Error('it is offered');
  return made;
}

function slot(id: string, min: number, max: number, options: Option[]): Slot {
  return { id, name: id, min, max, repeats: false, options };
}

const SOUP = option(product('ajiaco'), 0, [PORTION]);
const RICE = option(product('arroz'));
const BEER = option(product('cerveza', { variants: [variant('rubia'), variant('roja', true)] }), 450);
const WATER = option(product('agua'));
const GONE = option(product('mojito', { sold_out: true }));
const PLATE = slot('Plato', 1, 1, [SOUP, RICE]);
const DRINKS = slot('Bebida', 1, 2, [WATER, BEER, GONE]);
const LUNCH = [PLATE, DRINKS];
const own = { variants: [], groups: [] };

describe('a combo that is being chosen', () => {
  it('says what is missing first: a slot, then what its choice asks', () => {
    const wish = new ComboWish(LUNCH, own, null);
    expect(wish.firstMissing).toEqual({ name: 'Plato', of: null });
    wish.toggle(PLATE, SOUP);
    expect(wish.firstMissing).toEqual({ name: 'Porción', of: 'ajiaco' });
    const [soup] = wish.of(PLATE);
    soup?.wish.toggle(PORTION, PORTION.modifiers[1] ?? { id: '', name: '', price_minor: 0 });
    expect(wish.firstMissing).toEqual({ name: 'Bebida', of: null });
    wish.toggle(DRINKS, BEER);
    expect(wish.firstMissing).toEqual({ name: null, of: 'cerveza' });
    wish.of(DRINKS)[0]?.wish.take(variant('rubia'));
    expect(wish.whole).toBe(true);
    expect(wish.parts.map((part) => [part.slot_id, part.product.id, part.variant?.id ?? null])).toEqual([
      ['Plato', 'ajiaco', null],
      ['Bebida', 'cerveza', 'rubia'],
    ]);
    expect(wish.parts[0]?.modifiers.map((one) => one.id)).toEqual(['media']);
  });

  it('changes the choice in a slot of one, and takes no more than a slot takes', () => {
    const wish = new ComboWish(LUNCH, own, null);
    for (const one of [SOUP, RICE]) wish.toggle(PLATE, one);
    expect(wish.of(PLATE).map((one) => one.option.id)).toEqual(['arroz']);
    const three = slot('Bebida', 1, 2, [WATER, BEER, option(product('cola'))]);
    const more = new ComboWish([three], own, null);
    for (const one of [...three.options].reverse()) more.toggle(three, one);
    expect(more.of(three).map((one) => one.option.id)).toEqual(['cerveza', 'cola']);
    more.toggle(three, BEER);
    expect(more.has(three, BEER)).toBe(false);
  });

  it('takes nothing that has run out, and says so of what ran out since it was typed', () => {
    const wish = new ComboWish(LUNCH, own, null);
    wish.toggle(DRINKS, GONE);
    expect(wish.of(DRINKS)).toEqual([]);
    const parts = [
      { slot_id: 'Plato', product_id: 'arroz', variant_id: null, modifier_ids: [] },
      { slot_id: 'Bebida', product_id: 'mojito', variant_id: null, modifier_ids: [] },
    ];
    const before = { quantity: 2, course: 1, note: null, allergy: null, variant_id: null, modifier_ids: [] };
    const again = new ComboWish(LUNCH, own, { ...before, parts });
    expect(again.own.quantity).toBe(2);
    expect(again.firstMissing).toEqual({ name: 'Bebida', of: null });
    again.toggle(DRINKS, GONE);
    again.toggle(DRINKS, WATER);
    expect(again.whole).toBe(true);
  });

  it('begins with what was chosen before, without what is no longer offered', () => {
    const parts = [
      { slot_id: 'Plato', product_id: 'ajiaco', variant_id: null, modifier_ids: ['media', 'gone'] },
      { slot_id: 'Bebida', product_id: 'cerveza', variant_id: 'rubia', modifier_ids: [] },
      { slot_id: 'Postre', product_id: 'flan', variant_id: null, modifier_ids: [] },
    ];
    const before = { quantity: 1, course: 1, note: null, allergy: null, variant_id: null, modifier_ids: [] };
    const wish = new ComboWish(LUNCH, own, { ...before, parts });
    expect(wish.whole).toBe(true);
    expect(wish.parts.map((part) => part.product.id)).toEqual(['ajiaco', 'cerveza']);
  });

  it('asks for nothing where there is one thing to take', () => {
    const only = slot('Plato', 1, 1, [RICE]);
    expect(new ComboWish([only], own, null).whole).toBe(true);
    expect(new ComboWish([slot('Plato', 0, 1, [RICE])], own, null).parts).toEqual([]);
  });

  it('takes a thing again where a slot says so, each with its own answers, and gives one back', () => {
    const pair = { ...slot('Platos', 2, 3, [SOUP, RICE]), repeats: true };
    const wish = new ComboWish([pair], own, null);
    for (const one of [SOUP, RICE, SOUP, SOUP]) wish.toggle(pair, one);
    expect(pair.options.map((one) => wish.count(pair, one))).toEqual([2, 1]);
    const mine = wish.of(pair);
    expect(mine.map((_, at) => calledAmong(mine, at))).toEqual(['ajiaco (1)', 'ajiaco (2)', 'arroz']);
    for (const [at, answer] of PORTION.modifiers.entries()) mine[at]?.wish.toggle(PORTION, answer);
    expect(wish.parts.map((part) => part.modifiers.map((one) => one.id))).toEqual([
      ['completa'],
      ['media'],
      [],
    ]);
    wish.less(pair, SOUP);
    expect(wish.parts.map((part) => part.product.id)).toEqual(['ajiaco', 'arroz']);
    expect(wish.parts[0]?.modifiers.map((one) => one.id)).toEqual(['completa']);
    wish.less(pair, SOUP);
    expect(wish.firstMissing?.name).toBe('Platos');
  });

  it('takes as many as it needs of the one thing that there is', () => {
    const bucket = { ...slot('Cervezas', 4, 4, [WATER]), repeats: true };
    const wish = new ComboWish([bucket], own, null);
    expect([wish.whole, wish.parts.length]).toEqual([true, 4]);
  });

  it('means one variant where the house says which', () => {
    const beer = product('cerveza', { variants: [variant('rubia'), variant('roja')] });
    const red = optionOf({ product_id: beer.id, variant_id: 'roja', price_minor: 0 }, beer, []);
    expect(red?.name).toBe('cerveza · roja');
    expect(optionOf({ product_id: beer.id, variant_id: 'negra', price_minor: 0 }, beer, [])).toBeNull();
    const drinks = slot('Bebida', 1, 1, red ? [red] : []);
    expect(new ComboWish([drinks], own, null).parts[0]?.variant?.id).toBe('roja');
  });
});
