// The whole menu, as whoever manages the house sees and writes it.

import { plain } from '../../i18n/plain';
import type { Backend, Request } from '../../ipc/backend';
import type { CategorySetup, Event, MenuSetup, ProductSetup } from '../../ipc/bindings.gen';
import { Kept } from '../../ipc/kept.svelte';
import { Once } from '../../ipc/once';

export type Wish<N extends Parameters<Backend['call']>[0]> = Omit<Request<N>, 'command_id'>;

/** Every wish answers when the core has carried it out, and rejects with the core's sentence when it did not. */
export class Setup {
  readonly kept: Kept<MenuSetup>;
  /** The category whose products are shown; the first until one is chosen. */
  chosen = $state<string | null>(null);
  readonly #backend: Backend;
  readonly #once = new Once();

  constructor(backend: Backend) {
    this.#backend = backend;
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

  /** Who makes a product, by its own word or its category's; none for what needs no making. */
  stationOf(product: Pick<ProductSetup, 'station_id' | 'category_id'>): string | null {
    const category = this.view?.categories.find((one) => one.id === product.category_id);
    const id = product.station_id ?? category?.station_id;
    return this.view?.stations.find((station) => station.id === id)?.name ?? null;
  }

  /** Products whose name has this text, or whose number begins with it, in the menu's order. */
  find(text: string): ProductSetup[] {
    const wanted = plain(text);
    const fits = ({ name, short_code }: ProductSetup) =>
      plain(name).includes(wanted) || plain(short_code).startsWith(wanted);
    return this.view?.products.filter(fits) ?? [];
  }

  /** Whether another product has this number. */
  isTaken(code: string, productId: string): boolean {
    const wanted = plain(code);
    const has = (one: ProductSetup) => one.id !== productId && plain(one.short_code) === wanted;
    return wanted !== '' && (this.view?.products.some(has) ?? false);
  }

  hear(event: Event): void {
    if (event.kind === 'menu_changed') void this.kept.read();
  }

  async saveCategory(wish: Wish<'save_category'>): Promise<void> {
    const saved = await this.#tell('save_category', wish);
    this.kept.take((view) => ({ ...view, categories: placed(view.categories, saved) }));
    this.chosen = saved.id;
  }

  async saveProduct(wish: Wish<'save_product'>): Promise<void> {
    const saved = await this.#tell('save_product', wish);
    this.kept.take((view) => ({ ...view, products: placed(view.products, saved) }));
  }

  async saveGroup(wish: Wish<'save_modifier_group'>): Promise<void> {
    const saved = await this.#tell('save_modifier_group', wish);
    this.kept.take((view) => ({ ...view, groups: placed(view.groups, saved) }));
  }

  async orderCategories(ids: string[]): Promise<void> {
    const view = await this.#tell('order_categories', { category_ids: ids });
    this.kept.take(() => view);
  }

  async orderProducts(categoryId: string, ids: string[]): Promise<void> {
    const view = await this.#tell('order_products', { category_id: categoryId, product_ids: ids });
    this.kept.take(() => view);
  }

  #tell<N extends Parameters<Backend['call']>[0]>(name: N, wish: Wish<N>) {
    const request = (id: string) => ({ command_id: id, ...wish }) as unknown as Request<N>;
    return this.#once.run(JSON.stringify([name, wish]), (id) => this.#backend.call(name, request(id)));
  }
}

/** The list with this one in the place of what it was, or at the end. */
function placed<T extends { id: string }>(list: readonly T[], one: T): T[] {
  if (!list.some((other) => other.id === one.id)) return [...list, one];
  return list.map((other) => (other.id === one.id ? one : other));
}
