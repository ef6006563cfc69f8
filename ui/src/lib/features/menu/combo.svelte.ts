// What a guest wants of a combo: something for each of its slots, the answers that each of these asks for, and what is
// still to be chosen.

import type {
  ComboChoiceView,
  ComboSlotView,
  ModifierGroupView,
  ModifierView,
  ProductView,
  VariantView,
} from '../../ipc/bindings.gen';
import { Wish, type Before, type Questions } from './wish.svelte';

/** Something that a slot can be. */
export type Option = {
  /** The product, or the one variant of it that is meant. */
  id: string;
  product: ProductView;
  /** The variant that is meant; null leaves it to the guest. */
  variant: VariantView | null;
  name: string;
  groups: ModifierGroupView[];
  /** What it adds to the combo's price. */
  price_minor: number;
  /** There is none of it. */
  gone: boolean;
};

export type Slot = Omit<ComboSlotView, 'choices'> & { options: Option[] };

/** What was chosen for a slot, ready for the cart. */
export type PartChoice = {
  slot_id: string;
  product: ProductView;
  variant: VariantView | null;
  modifiers: ModifierView[];
};

/** What was chosen of a line that is changed. */
export type PartBefore = {
  slot_id: string;
  product_id: string;
  variant_id: string | null;
  modifier_ids: readonly string[];
};

/** A choice as a person sees it, with what its product asks. */
export function optionOf(
  choice: ComboChoiceView,
  product: ProductView,
  groups: ModifierGroupView[],
): Option | null {
  const variant = product.variants.find((one) => one.id === choice.variant_id) ?? null;
  if (choice.variant_id !== null && variant === null) return null;
  return {
    id: choice.variant_id ?? product.id,
    product,
    variant,
    name: variant === null ? product.name : `${product.name} · ${variant.name}`,
    groups,
    price_minor: choice.price_minor,
    gone: product.sold_out || (variant?.sold_out ?? false),
  };
}

/** One thing that was chosen, and what it asks. */
class Picked {
  /** What tells it from another of the same. */
  readonly key = Symbol();
  readonly slotId: string;
  readonly option: Option;
  readonly wish: Wish;

  constructor(slotId: string, option: Option, before: PartBefore | null) {
    this.slotId = slotId;
    this.option = option;
    const { product, variant, groups } = option;
    const answers = before && {
      ...{ quantity: 1, course: 1, note: null, allergy: null, variant_id: before.variant_id },
      modifier_ids: [...before.modifier_ids],
    };
    this.wish = new Wish({ variants: variant === null ? product.variants : [], groups }, answers);
  }

  get asks(): boolean {
    return this.wish.variants.length > 0 || this.wish.groups.length > 0;
  }

  get choice(): PartChoice {
    const { product, variant } = this.option;
    const { variant: wished, modifiers } = this.wish.choice;
    return { slot_id: this.slotId, product, variant: variant ?? wished, modifiers };
  }
}

/** What one of several chosen things is called: by its place where another is the same. */
export function calledAmong(all: readonly { option: Option }[], at: number): string {
  const { id, name } = all[at]?.option ?? { id: '', name: '' };
  const alike = all.filter((one) => one.option.id === id);
  const before = all.slice(0, at).filter((one) => one.option.id === id).length;
  return alike.length > 1 ? `${name} (${String(before + 1)})` : name;
}

/** What is missing first: a slot or a question by its name, of which chosen thing when it is one's; or a variant. */
export type Missing = { name: string | null; of: string | null };

export class ComboWish {
  readonly slots: readonly Slot[];
  /** What is wanted of the combo as a whole. */
  readonly own: Wish;
  #picked = $state.raw<readonly Picked[]>([]);

  constructor(
    slots: readonly Slot[],
    own: Questions,
    before: (Before & { parts: readonly PartBefore[] }) | null,
  ) {
    this.slots = slots;
    this.own = new Wish(own, before);
    const kept = before?.parts.flatMap((part) => this.#again(part) ?? []) ?? [];
    // Where there is one thing to take, nobody is asked for it.
    const only = slots.flatMap(({ id, min, repeats, options: [first, ...others] }) =>
      first && others.length === 0 && !first.gone
        ? Array.from({ length: repeats ? min : Math.min(min, 1) }, () => new Picked(id, first, null))
        : [],
    );
    this.#picked = before === null ? only : kept;
  }

  has(slot: Slot, option: Option): boolean {
    return this.count(slot, option) > 0;
  }

  /** How often something was chosen for a slot. */
  count(slot: Slot, option: Option): number {
    return this.of(slot).filter((one) => one.option.id === option.id).length;
  }

  /** What was chosen for a slot, in the order in which it offers it. */
  of(slot: Slot): readonly Picked[] {
    const mine = this.#picked.filter((one) => one.slotId === slot.id);
    const at = (one: Picked) => slot.options.findIndex((option) => option.id === one.option.id);
    return mine.toSorted((a, b) => at(a) - at(b));
  }

  /** Gives back what was chosen last of a choice. */
  less(slot: Slot, option: Option): void {
    const last = this.of(slot).findLast((one) => one.option.id === option.id);
    this.#picked = this.#picked.filter((one) => one !== last);
  }

  /**
   * Takes a choice or gives it back; in a slot of one, another takes the first one's place. Where things may be chosen
   * again, each time takes one more.
   */
  toggle(slot: Slot, option: Option): void {
    const mine = this.of(slot);
    if (this.has(slot, option) && (!slot.repeats || slot.max === 1)) {
      this.less(slot, option);
      return;
    }
    if (option.gone) return;
    const kept = slot.max === 1 ? this.#picked.filter((one) => !mine.includes(one)) : this.#picked;
    if (slot.max > 1 && mine.length >= slot.max) return;
    this.#picked = [...kept, new Picked(slot.id, option, null)];
  }

  /** A slot that needs more, or of which something chosen has run out meanwhile. */
  isMissing(slot: Slot): boolean {
    const mine = this.of(slot);
    return mine.length < slot.min || mine.some((one) => one.option.gone);
  }

  get firstMissing(): Missing | null {
    for (const slot of this.slots) {
      if (this.isMissing(slot)) return { name: slot.name, of: null };
      for (const { wish, option } of this.of(slot)) {
        if (wish.lacksVariant) return { name: null, of: option.name };
        if (wish.firstMissing) return { name: wish.firstMissing.name, of: option.name };
      }
    }
    if (this.own.lacksVariant) return { name: null, of: null };
    return this.own.firstMissing && { name: this.own.firstMissing.name, of: null };
  }

  get whole(): boolean {
    return this.firstMissing === null;
  }

  /** What was chosen, slot by slot. */
  get parts(): PartChoice[] {
    return this.slots.flatMap((slot) => this.of(slot).map((one) => one.choice));
  }

  /** What the menu no longer offers is chosen anew. */
  #again(part: PartBefore): Picked | null {
    const slot = this.slots.find((one) => one.id === part.slot_id);
    const of = (id: string | null) => slot?.options.find((option) => option.id === id);
    const option = of(part.variant_id) ?? of(part.product_id);
    return slot && option ? new Picked(slot.id, option, part) : null;
  }
}
