// The whole menu, as whoever manages the house sees and writes it.

import { isFoundBy, plain } from '../../i18n/plain';
import type { Backend } from '../../ipc/backend';
import type {
  CategorySetup,
  Event,
  MenuSetup,
  ProductSetup,
  ProductStock,
  VariantName,
  VariantsSetup,
} from '../../ipc/bindings.gen';
import { Kept } from '../../ipc/kept.svelte';
import { Photos } from '../../ipc/photos.svelte';
import { Teller, type Wish } from '../../ipc/tell';
import { Prices } from './prices.svelte';

/** What is left of a product. */
export type Standing = Pick<ProductSetup, 'sold_out' | 'remaining'>;

/** Every wish answers when the core has carried it out, and rejects with the core's sentence when it did not. */
export class Setup {
  readonly kept: Kept<MenuSetup>;
  /** The category whose products are shown; the first until one is chosen. */
  chosen = $state<string | null>(null);
  readonly prices: Prices;
  readonly photos: Photos;
  readonly #backend: Backend;
  readonly #teller: Teller;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.photos = new Photos(backend);
    this.#teller = new Teller(backend);
    this.prices = new Prices(backend);
    this.kept = new Kept(() => backend.call('get_menu_setup', {}));
  }

  get view(): MenuSetup | null {
    return this.kept.value;
  }

  get category(): CategorySetup | null {
    const all = this.view?.categories ?? [];
    return all.find((one) => one.id === this.chosen) ?? all[0] ?? null;
  }

  productsOf(categoryId: string): ProductSetup[] {
    return this.view?.products.filter((product) => product.category_id === categoryId) ?? [];
  }

  /** The house's favourites in their order. */
  get favourites(): ProductSetup[] {
    const byId = new Map(this.view?.products.map((product) => [product.id, product]));
    return this.view?.favourite_ids.flatMap((id) => byId.get(id) ?? []) ?? [];
  }

  /** Who makes a product, by its own word or its category's; none for what needs no making. */
  stationOf(product: Pick<ProductSetup, 'station_id' | 'category_id'>): string | null {
    const category = this.view?.categories.find((one) => one.id === product.category_id);
    const id = product.station_id ?? category?.station_id;
    return this.view?.stations.find((station) => station.id === id)?.name ?? null;
  }

  /** Products whose name has this text, or whose number begins with it, in the menu's order. */
  find(text: string): ProductSetup[] {
    return found(this.view?.products ?? [], text);
  }

  /** Whether another product has this number. */
  isTaken(code: string, productId: string): boolean {
    const wanted = plain(code);
    const has = (one: ProductSetup) => one.id !== productId && plain(one.short_code) === wanted;
    return wanted !== '' && (this.view?.products.some(has) ?? false);
  }

  /** How a product stands now, though a sheet was opened with what it was. */
  standingOf(product: ProductSetup | null): Standing {
    const now = this.view?.products.find((one) => one.id === product?.id);
    return { sold_out: now?.sold_out ?? false, remaining: now?.remaining ?? null };
  }

  hear(event: Event): void {
    if (event.kind === 'stock_changed') this.#restock(event.products);
    if (event.kind === 'menu_changed' || event.kind === 'stations_changed') void this.kept.read();
    if (event.kind === 'menu_changed') this.prices.changed();
  }

  #restock(said: readonly ProductStock[]): void {
    const now = new Map(
      said.map(({ product_id, sold_out, remaining }) => [product_id, { sold_out, remaining }]),
    );
    this.kept.take((view) => ({
      ...view,
      products: view.products.map((one) => ({ ...one, ...now.get(one.id) })),
    }));
  }

  async saveCategory(wish: Wish<'save_category'>): Promise<void> {
    const saved = await this.#teller.tell('save_category', wish);
    this.kept.take((view) => ({ ...view, categories: placed(view.categories, saved) }));
    this.chosen = saved.id;
  }

  async saveProduct(wish: Wish<'save_product'>): Promise<void> {
    const saved = await this.#teller.tell('save_product', wish);
    this.kept.take((view) => ({ ...view, products: placed(view.products, saved) }));
  }

  /** The sizes and colours that a product comes in; rejects when they cannot be read. */
  async variantsOf(productId: string): Promise<VariantsSetup> {
    return this.#backend.call('get_variants', { product_id: productId });
  }

  async saveVariants(wish: Wish<'save_variants'>): Promise<void> {
    const variants = variantNames(await this.#teller.tell('save_variants', wish));
    this.kept.take((view) => ({
      ...view,
      products: view.products.map((one) => (one.id === wish.product_id ? { ...one, variants } : one)),
    }));
  }

  /** Gives a product another picture, in Base64, or none. */
  async setPhoto(productId: string, picture: string | null): Promise<void> {
    const { photo_id } = await this.#teller.tell('set_product_photo', { product_id: productId, picture });
    this.kept.take((view) => ({
      ...view,
      products: view.products.map((one) => (one.id === productId ? { ...one, photo_id } : one)),
    }));
  }

  async setFavourite(productId: string, favourite: boolean): Promise<void> {
    const view = await this.#teller.tell('set_favourite', { product_id: productId, favourite });
    this.kept.take(() => view);
  }

  async orderFavourites(ids: string[]): Promise<void> {
    const view = await this.#teller.tell('order_favourites', { product_ids: ids });
    this.kept.take(() => view);
  }

  async saveGroup(wish: Wish<'save_modifier_group'>): Promise<void> {
    const saved = await this.#teller.tell('save_modifier_group', wish);
    this.kept.take((view) => ({ ...view, groups: placed(view.groups, saved) }));
  }

  async saveTax(wish: Wish<'save_tax'>): Promise<void> {
    const { taxes } = await this.#teller.tell('save_tax', wish);
    this.kept.take((view) => ({ ...view, taxes }));
  }

  /** Rejects while a product bears it. */
  async removeTax(taxId: string): Promise<void> {
    const { taxes } = await this.#teller.tell('remove_tax', { tax_id: taxId });
    this.kept.take((view) => ({ ...view, taxes }));
  }

  async orderCategories(ids: string[]): Promise<void> {
    const view = await this.#teller.tell('order_categories', { category_ids: ids });
    this.kept.take(() => view);
  }

  async orderProducts(categoryId: string, ids: string[]): Promise<void> {
    const view = await this.#teller.tell('order_products', { category_id: categoryId, product_ids: ids });
    this.kept.take(() => view);
  }
}

/** Those products whose name has this text, or whose number begins with it, in their order. */
export function found(products: readonly ProductSetup[], text: string): ProductSetup[] {
  return products.filter(({ name, short_code }) => isFoundBy(text, name, short_code));
}

/** What is sold of a product's variants, by colour and size. */
function variantNames({ variants, sizes, colors }: VariantsSetup): VariantName[] {
  const nameIn = (words: readonly { id: string; name: string }[], id: string | null) =>
    words.find((one) => one.id === id)?.name ?? '';
  return variants
    .filter((variant) => variant.active)
    .map(({ id, size_id, color_id }) => ({
      id,
      name: `${nameIn(colors, color_id)} ${nameIn(sizes, size_id)}`.trim(),
    }));
}

/** The list with this one in the place of what it was, or at the end. */
function placed<T extends { id: string }>(list: readonly T[], one: T): T[] {
  if (!list.some((other) => other.id === one.id)) return [...list, one];
  return list.map((other) => (other.id === one.id ? one : other));
}
