// What a guest wants of one product: the answers to its questions, and what is still to be answered.

import type { ModifierGroupView, ModifierView, ProductView, VariantView } from '../../ipc/bindings.gen';
import { asParts } from './portions';

/** A finished choice, ready for the cart. */
export type Choice = {
  quantity: number;
  /** Which of the product's variants; null when it has none. */
  variant: VariantView | null;
  modifiers: ModifierView[];
  note: string | null;
  allergy: string | null;
  course: number;
  /** Who it is for; null when it is for all. */
  seat: number | null;
};

/** What is chosen already, when a line is changed. */
export type Before = Omit<Choice, 'modifiers' | 'variant' | 'seat'> & {
  seat?: number | null;
  variant_id: string | null;
  modifier_ids: string[];
};

/** What a product asks. */
export type Questions = {
  variants: readonly VariantView[];
  groups: readonly ModifierGroupView[];
  /** The variant that was found, when one was. */
  found?: VariantView | null;
  /** How many are wanted of a new line. */
  units?: number;
  /** What a new line is typed for. */
  course?: number;
  seat?: number | null;
};

/** What a sheet that asks it is opened for. */
export interface Wanted extends Pick<Questions, 'units' | 'course' | 'seat'> {
  product: ProductView;
  groups: ModifierGroupView[];
  /** Who it can be for; none where nobody is told apart. */
  seats?: readonly number[];
  onclose: () => void;
  /** Takes the line out of the cart. */
  onremove?: (() => void) | undefined;
}

export class Wish {
  quantity = $state(1);
  course = $state(1);
  seat = $state<number | null>(null);
  note = $state('');
  allergy = $state('');
  #chosen = $state<string[]>([]);
  #variant = $state<string | null>(null);
  readonly variants: readonly VariantView[];
  readonly groups: ModifierGroupView[];

  /** Forced questions come first, each part in the menu's order. */
  constructor(questions: Questions, before: Before | null) {
    const { variants, groups, found = null, units = 1, course = 1, seat = null } = questions;
    this.variants = variants;
    this.quantity = units;
    this.course = course;
    this.seat = seat;
    this.#variant = before?.variant_id ?? found?.id ?? null;
    this.groups = [...groups.filter((group) => group.min > 0), ...groups.filter((group) => group.min === 0)];
    if (before === null) return;
    this.quantity = before.quantity;
    this.course = before.course;
    this.seat = before.seat ?? null;
    this.note = before.note ?? '';
    this.allergy = before.allergy ?? '';
    const known = new Set(groups.flatMap((group) => group.modifiers.map((modifier) => modifier.id)));
    this.#chosen = before.modifier_ids.filter((id) => known.has(id));
  }

  get variant(): VariantView | null {
    return this.variants.find((one) => one.id === this.#variant) ?? null;
  }

  /** Chooses a variant that there is some of, in place of the one before. */
  take(variant: VariantView): void {
    if (!variant.sold_out) this.#variant = variant.id;
  }

  /** The product comes in variants, and none that there is some of is chosen. */
  get lacksVariant(): boolean {
    return this.variants.length > 0 && (this.variant?.sold_out ?? true);
  }

  /** Whether everything is answered that must be. */
  get whole(): boolean {
    return !this.lacksVariant && this.firstMissing === null;
  }

  has(modifier: ModifierView): boolean {
    return this.#chosen.includes(modifier.id);
  }

  /** How many answers of the group are given. */
  count(group: ModifierGroupView): number {
    return group.modifiers.filter((modifier) => this.has(modifier)).length;
  }

  isMissing(group: ModifierGroupView): boolean {
    return this.count(group) < group.min;
  }

  get firstMissing(): ModifierGroupView | null {
    return this.groups.find((group) => this.isMissing(group)) ?? null;
  }

  /** Gives or takes an answer; in a group of one, another answer takes the first one's place. */
  toggle(group: ModifierGroupView, modifier: ModifierView): void {
    if (this.has(modifier)) {
      this.#chosen = this.#chosen.filter((id) => id !== modifier.id);
      return;
    }
    const others = group.modifiers.filter((one) => this.has(one)).map((one) => one.id);
    if (group.max === 1) this.#chosen = this.#chosen.filter((id) => !others.includes(id));
    else if (others.length >= group.max) return;
    this.#chosen = [...this.#chosen, modifier.id];
  }

  get choice(): Choice {
    const modifiers = this.groups.flatMap((group) =>
      asParts(
        group,
        group.modifiers.filter((one) => this.has(one)),
      ),
    );
    const said = (text: string) => (text.trim() === '' ? null : text.trim());
    return {
      quantity: this.quantity,
      variant: this.variant,
      modifiers,
      note: said(this.note),
      allergy: said(this.allergy),
      course: this.course,
      seat: this.seat,
    };
  }
}
