// A product's sizes and colours while somebody changes them: every size comes in every colour, but for those pairs that
// are not sold.

import type { ColorView, SizeView, VariantSetup, VariantsSetup } from '../../ipc/bindings.gen';
import { newId } from '../../ipc/ids';
import type { Wish } from '../../ipc/tell';

/** A size with a colour, or one of the two. */
export type Pair = { size_id: string | null; color_id: string | null };

/** What is typed of a pair. */
export type Typed = { sold: boolean; price: string; code: string; barcodes: string };

export type Row = Pair & { key: string; name: string; typed: Typed };

/** How the house writes and reads amounts; a text that is none reads as null. */
export type Amounts = { write: (minor: number) => string; read: (text: string) => number | null };

const keyOf = ({ size_id, color_id }: Pair) => `${color_id ?? ''}/${size_id ?? ''}`;

/** Codes as they are typed or scanned one after the other. */
export function codesOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((code) => code !== '');
}

export class Variants {
  sizes = $state<(SizeView & { chosen: boolean })[]>([]);
  colors = $state<(ColorView & { chosen: boolean })[]>([]);
  /** What a scanner reads of the product itself. */
  barcodes = $state('');
  #typed = $state<Record<string, Typed>>({});
  readonly #known = new Map<string, VariantSetup>();
  readonly #view: VariantsSetup;
  readonly #amounts: Amounts;

  constructor(view: VariantsSetup, amounts: Amounts) {
    this.#view = view;
    this.#amounts = amounts;
    const sold = view.variants.filter((variant) => variant.active);
    for (const variant of view.variants) {
      this.#known.set(keyOf(variant), variant);
      this.#typed[keyOf(variant)] = {
        sold: variant.active,
        price: variant.price_minor === null ? '' : amounts.write(variant.price_minor),
        code: variant.short_code,
        barcodes: variant.barcodes.join(' '),
      };
    }
    this.sizes = view.sizes.map((size) => ({ ...size, chosen: sold.some((one) => one.size_id === size.id) }));
    this.colors = view.colors.map((color) => ({
      ...color,
      chosen: sold.some((one) => one.color_id === color.id),
    }));
    this.barcodes = view.barcodes.join(' ');
    // What is not sold among what is stays so; a pair that nobody has seen yet is sold.
    for (const row of this.rows) {
      const known = this.#known.has(row.key);
      if (!known && sold.length > 0) this.#typed[row.key] = { ...row.typed, sold: false };
    }
  }

  /** Colour by colour; pairs of another shape that are sold come last. */
  get rows(): Row[] {
    const sizes = this.sizes.filter((size) => size.chosen).map((size) => size.id);
    const colors = this.colors.filter((color) => color.chosen).map((color) => color.id);
    const pairs: Pair[] = (colors.length === 0 ? [null] : colors)
      .flatMap((color_id) => (sizes.length === 0 ? [null] : sizes).map((size_id) => ({ size_id, color_id })))
      .filter((pair) => pair.size_id !== null || pair.color_id !== null);
    const shown = new Set(pairs.map(keyOf));
    const chosen = ({ size_id, color_id }: Pair) =>
      (size_id === null || sizes.includes(size_id)) && (color_id === null || colors.includes(color_id));
    const others = [...this.#known.values()].filter(
      (variant) => variant.active && chosen(variant) && !shown.has(keyOf(variant)),
    );
    return [...pairs, ...others].map((pair) => ({
      size_id: pair.size_id,
      color_id: pair.color_id,
      key: keyOf(pair),
      name: this.#nameOf(pair),
      typed: this.#typed[keyOf(pair)] ?? { sold: true, price: '', code: '', barcodes: '' },
    }));
  }

  type(key: string, change: Partial<Typed>): void {
    const row = this.rows.find((one) => one.key === key);
    if (row) this.#typed[key] = { ...row.typed, ...change };
  }

  /** Adds a size that the house did not know, chosen; one of that name is chosen instead. False when it has no name. */
  addSize(name: string): boolean {
    const words = name.trim();
    if (words === '') return false;
    const same = this.sizes.find((size) => size.name.toLowerCase() === words.toLowerCase());
    if (same) same.chosen = true;
    else this.sizes.push({ id: newId(), name: words, chosen: true });
    return true;
  }

  addColor(name: string, swatch: string): boolean {
    const words = name.trim();
    if (words === '') return false;
    const same = this.colors.find((color) => color.name.toLowerCase() === words.toLowerCase());
    if (same) same.chosen = true;
    else this.colors.push({ id: newId(), name: words, swatch, chosen: true });
    return true;
  }

  /** The first row whose price is no amount. */
  get unclear(): Row | null {
    return this.rows.find((row) => row.typed.sold && this.#priceOf(row) === undefined) ?? null;
  }

  get wish(): Wish<'save_variants'> {
    const sold = this.rows.filter((row) => row.typed.sold);
    const isNew = (known: readonly { id: string }[], id: string) => !known.some((one) => one.id === id);
    const used = (id: string) => sold.some((row) => row.size_id === id || row.color_id === id);
    return {
      product_id: this.#view.product_id,
      new_sizes: this.sizes
        .filter(({ id }) => isNew(this.#view.sizes, id) && used(id))
        .map(({ id, name }) => ({ id, name })),
      new_colors: this.colors
        .filter(({ id }) => isNew(this.#view.colors, id) && used(id))
        .map(({ id, name, swatch }) => ({ id, name, swatch })),
      variants: sold.map((row) => ({
        id: this.#known.get(row.key)?.id ?? newId(),
        size_id: row.size_id,
        color_id: row.color_id,
        price_minor: this.#priceOf(row) ?? null,
        short_code: row.typed.code.trim(),
        barcodes: codesOf(row.typed.barcodes),
        active: true,
      })),
      barcodes: codesOf(this.barcodes),
    };
  }

  /** Null of one that costs what the product costs, undefined of what is no amount. */
  #priceOf(row: Row): number | null | undefined {
    const text = row.typed.price.trim();
    if (text === '') return null;
    const before = this.#known.get(row.key)?.price_minor ?? null;
    if (before !== null && this.#amounts.write(before) === text) return before;
    return this.#amounts.read(text) ?? undefined;
  }

  #nameOf({ size_id, color_id }: Pair): string {
    const color = this.colors.find((one) => one.id === color_id)?.name;
    const size = this.sizes.find((one) => one.id === size_id)?.name;
    return [color, size].filter(Boolean).join(' ');
  }
}
