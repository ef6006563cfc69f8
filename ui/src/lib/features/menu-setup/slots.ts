// What a combo has guests choose, as it is typed.

import type { ComboSlotView, ProductSetup, VariantName } from '../../ipc/bindings.gen';
import { newId } from '../../ipc/ids';

/** Most groups of a combo. */
export const MOST_SLOTS = 12;

export type TypedChoice = {
  product_id: string;
  variant_id: string | null;
  /** As it is typed. */
  surcharge: string;
  /** What it was, and how that reads: what nobody has typed anew stays as it is. */
  before: { minor: number; text: string } | null;
};

export type TypedSlot = {
  id: string;
  name: string;
  min: number;
  max: number;
  /** Whether one thing may be chosen more than once. */
  repeats: boolean;
  choices: TypedChoice[];
};

/** A product, or one variant of it, that can be put into a slot. */
export type Offer = { product: ProductSetup; variant: VariantName | null };

type Words = { money: (minor: number) => string; readMoney: (text: string) => number | null };

export function blankSlot(): TypedSlot {
  return { id: newId(), name: '', min: 1, max: 1, repeats: false, choices: [] };
}

export function blankChoice({ product, variant }: Offer, words: Pick<Words, 'money'>): TypedChoice {
  return {
    product_id: product.id,
    variant_id: variant?.id ?? null,
    surcharge: words.money(0),
    before: null,
  };
}

/** "Cerveza", "Cerveza · Roja". */
export function nameOf({ product, variant }: Offer): string {
  return variant === null ? product.name : `${product.name} · ${variant.name}`;
}

/** What a choice is called; null when there is no such thing any more. */
export function nameOfChoice(choice: TypedChoice, products: readonly ProductSetup[]): string | null {
  const product = products.find((one) => one.id === choice.product_id);
  const variant = product?.variants.find((one) => one.id === choice.variant_id) ?? null;
  if (!product || (choice.variant_id !== null && variant === null)) return null;
  return nameOf({ product, variant });
}

/** A combo's slots, ready to be changed. */
export function typedSlots(slots: readonly ComboSlotView[], words: Pick<Words, 'money'>): TypedSlot[] {
  return slots.map(({ choices, ...slot }) => ({
    ...slot,
    choices: choices.map(({ product_id, variant_id, price_minor }) => {
      const text = words.money(price_minor);
      return { product_id, variant_id, surcharge: text, before: { minor: price_minor, text } };
    }),
  }));
}

/** What a choice adds to the price; empty is nothing, null is no amount. */
export function surchargeOf({ surcharge, before }: TypedChoice, words: Pick<Words, 'readMoney'>) {
  if (before?.text === surcharge) return before.minor;
  return surcharge.trim() === '' ? 0 : words.readMoney(surcharge);
}

/** The slots as the core takes them; what cannot be read counts nothing, and is said before. */
export function wireSlots(slots: readonly TypedSlot[], words: Pick<Words, 'readMoney'>): ComboSlotView[] {
  return slots.map(({ choices, ...slot }) => ({
    ...slot,
    choices: choices.map((choice) => ({
      product_id: choice.product_id,
      variant_id: choice.variant_id,
      price_minor: surchargeOf(choice, words) ?? 0,
    })),
  }));
}

/** Whether every surcharge can be read. */
export function areClear(slots: readonly TypedSlot[], words: Pick<Words, 'readMoney'>): boolean {
  return slots.every((slot) => slot.choices.every((choice) => surchargeOf(choice, words) !== null));
}

/** What can still be put into a slot: products on the menu that are no combos, and each of their variants. */
export function offerable(products: readonly ProductSetup[], slot: TypedSlot): Offer[] {
  const taken = new Set(slot.choices.map((choice) => choice.variant_id ?? choice.product_id));
  const sold = products.filter((product) => product.active && product.slots === null);
  const offers = sold.flatMap((product): Offer[] => [
    { product, variant: null },
    ...product.variants.map((variant) => ({ product, variant })),
  ]);
  return offers.filter(({ product, variant }) => !taken.has(variant?.id ?? product.id));
}
