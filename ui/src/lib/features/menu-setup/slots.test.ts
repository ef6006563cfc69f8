import { describe, expect, it } from 'vitest';
import type { ComboSlotView, ProductSetup } from '../../ipc/bindings.gen';
import {
  areClear,
  blankChoice,
  blankSlot,
  nameOf,
  nameOfChoice,
  offerable,
  surchargeOf,
  typedSlots,
  wireSlots,
} from './slots';

const words = {
  money: (minor: number) => `$${String(minor)}`,
  readMoney: (text: string) => (/^\$?\d+$/.test(text) ? Number(text.replace('$', '')) : null),
};
const SLOT: ComboSlotView = {
  ...{ id: 's', name: 'Bebida', min: 1, max: 2, repeats: true },
  choices: [{ product_id: 'agua', variant_id: null, price_minor: 450 }],
};

function product(id: string, fields: Partial<ProductSetup> = {}): ProductSetup {
  return { id, name: id, active: true, slots: null, variants: [], ...fields } as ProductSetup;
}

describe('the groups of a combo', () => {
  it('are saved as they were when nobody changes them', () => {
    expect(wireSlots(typedSlots([SLOT], words), words)).toEqual([SLOT]);
  });

  it('have surcharges as somebody types them: empty is none, and what is no amount is not saved', () => {
    const choice = blankChoice({ product: product('agua'), variant: null }, words);
    const typed = (surcharge: string) => surchargeOf({ ...choice, surcharge }, words);
    expect(['', ' ', '$0', '120', 'poco'].map(typed)).toEqual([0, 0, 0, 120, null]);
    const slots = [{ ...blankSlot(), choices: [{ ...choice, surcharge: 'poco' }] }];
    expect(areClear(slots, words)).toBe(false);
    expect(areClear(typedSlots([SLOT], words), words)).toBe(true);
  });

  it('offer what is on the menu and no combo, each thing once', () => {
    const products = [
      product('agua'),
      product('jugo'),
      product('viejo', { active: false }),
      product('combo', { slots: [] }),
    ];
    const [slot] = typedSlots([SLOT], words);
    expect(offerable(products, slot ?? blankSlot()).map(nameOf)).toEqual(['jugo']);
  });

  it('offer a product with its variants, and each of them by itself', () => {
    const beer = product('cerveza', {
      variants: [
        { id: 'rubia', name: 'Rubia' },
        { id: 'roja', name: 'Roja' },
      ],
    });
    const [, , red] = offerable([beer], blankSlot());
    if (red === undefined) throw new Error('it is offered');
    const choice = blankChoice(red, words);
    expect(nameOfChoice(choice, [beer])).toBe('cerveza · Roja');
    expect(nameOfChoice({ ...choice, variant_id: 'negra' }, [beer])).toBeNull();
    const slot = { ...blankSlot(), choices: [choice] };
    expect(offerable([beer], slot).map(nameOf)).toEqual(['cerveza', 'cerveza · Rubia']);
    expect(wireSlots([slot], words)[0]?.choices[0]?.variant_id).toBe('roja');
  });
});
