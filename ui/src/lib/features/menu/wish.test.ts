import { describe, expect, it } from 'vitest';
import type { ModifierGroupView, VariantView } from '../../ipc/bindings.gen';
import { Wish } from './wish.svelte';

function group(name: string, min: number, max: number, answers: string[]): ModifierGroupView {
  const modifiers = answers.map((answer) => ({ id: answer, name: answer, price_minor: 0 }));
  return { id: name, name, min, max, portioning: 'whole', modifiers };
}

const EXTRAS = group('Adiciones', 0, 2, ['aguacate', 'huevo', 'chorizo']);
const COOKED = group('Término', 1, 1, ['medio', 'bien asado']);
const SIDES = group('Acompañamiento', 2, 2, ['papa', 'yuca', 'arroz']);

const pick = (wish: Wish, from: ModifierGroupView, name: string) => {
  const modifier = from.modifiers.find((one) => one.id === name);
  if (modifier) wish.toggle(from, modifier);
};
const chosen = (wish: Wish) => wish.choice.modifiers.map((modifier) => modifier.id);

describe('a wish', () => {
  it('asks forced questions first and names the first that is missing', () => {
    const wish = new Wish({ variants: [], groups: [EXTRAS, COOKED, SIDES] }, null);
    expect(wish.groups.map((one) => one.name)).toEqual(['Término', 'Acompañamiento', 'Adiciones']);
    expect(wish.firstMissing?.name).toBe('Término');
    pick(wish, COOKED, 'medio');
    pick(wish, SIDES, 'papa');
    expect(wish.firstMissing?.name).toBe('Acompañamiento');
    pick(wish, SIDES, 'yuca');
    expect(wish.firstMissing).toBeNull();
  });

  it('changes the answer in a group of one', () => {
    const wish = new Wish({ variants: [], groups: [COOKED] }, null);
    pick(wish, COOKED, 'medio');
    pick(wish, COOKED, 'bien asado');
    expect(chosen(wish)).toEqual(['bien asado']);
  });

  it('takes no answer beyond the most, and takes one back', () => {
    const wish = new Wish({ variants: [], groups: [EXTRAS] }, null);
    for (const name of ['aguacate', 'huevo', 'chorizo']) pick(wish, EXTRAS, name);
    expect(chosen(wish)).toEqual(['aguacate', 'huevo']);
    pick(wish, EXTRAS, 'aguacate');
    pick(wish, EXTRAS, 'chorizo');
    expect(chosen(wish)).toEqual(['huevo', 'chorizo']);
  });

  it('starts from the line that is changed, without answers that the menu no longer has', () => {
    const before = {
      quantity: 3,
      course: 2,
      note: 'sin sal',
      allergy: null,
      variant_id: null,
      modifier_ids: ['medio', 'gone'],
    };
    const wish = new Wish({ variants: [], groups: [COOKED] }, before);
    expect(wish.choice).toMatchObject({ quantity: 3, course: 2, note: 'sin sal', allergy: null });
    expect(chosen(wish)).toEqual(['medio']);
  });

  it('takes blank texts for nothing', () => {
    const wish = new Wish({ variants: [], groups: [] }, null);
    wish.note = '   ';
    wish.allergy = ' maní ';
    expect(wish.choice).toMatchObject({ note: null, allergy: 'maní' });
  });
});

describe('a product that comes in variants', () => {
  const size = (name: string, price_minor: number, sold_out = false): VariantView => {
    return { id: name, name, price_minor, reason: null, sold_out };
  };
  const RED = size('Rojo M', 1_990);
  const BLUE = size('Azul M', 1_490);
  const GONE = size('Verde M', 1_490, true);
  const variants = [RED, BLUE, GONE];

  it('asks which one, and says so until one is chosen', () => {
    const wish = new Wish({ variants, groups: [COOKED] }, null);
    expect([wish.lacksVariant, wish.whole]).toEqual([true, false]);
    pick(wish, COOKED, 'medio');
    expect([wish.firstMissing, wish.whole]).toEqual([null, false]);
    wish.take(RED);
    wish.take(BLUE);
    expect(wish.whole).toBe(true);
    expect(wish.choice.variant).toEqual(BLUE);
  });

  it('takes none that is sold out', () => {
    const wish = new Wish({ variants, groups: [] }, null);
    wish.take(GONE);
    expect(wish.variant).toBeNull();
    expect(new Wish({ variants, groups: [], found: GONE }, null).whole).toBe(false);
  });

  it('starts from the one that was found, or from that of the line that is changed', () => {
    expect(new Wish({ variants, groups: [], found: RED }, null).choice.variant).toEqual(RED);
    const before = { quantity: 1, course: 1, note: null, allergy: null, modifier_ids: [] };
    const changed = new Wish({ variants, groups: [] }, { ...before, variant_id: 'Azul M' });
    expect(changed.choice.variant).toEqual(BLUE);
    const off = new Wish({ variants, groups: [] }, { ...before, variant_id: 'sold no longer' });
    expect(off.lacksVariant).toBe(true);
  });

  it('asks nothing when it comes in none', () => {
    expect(new Wish({ variants: [], groups: [] }, null).whole).toBe(true);
  });
});
