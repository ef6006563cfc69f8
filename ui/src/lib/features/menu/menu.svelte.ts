// The menu in memory: read once, read again when the core says that it changed.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type {
  Event,
  MenuView,
  ModifierGroupView,
  NewLine,
  ProductStock,
  ProductView,
} from '../../ipc/bindings.gen';
import { chipColor } from '../../ui/chips';
import { Search } from './search.svelte';
import { restocked } from './stock';

export class Menu {
  view = $state.raw<MenuView | null>(null);
  problem = $state<string | null>(null);
  /** The category whose products are shown; the first until one is chosen. */
  chosen = $state<string | null>(null);

  readonly search: Search;
  readonly #backend: Backend;
  /** What was said of the stock since the reading that is under way began: its answer may be older. */
  #said: ProductStock[] | null = null;
  readonly #products = $derived(new Map(this.view?.products.map((product) => [product.id, product])));
  readonly #groups = $derived(new Map(this.view?.groups.map((group) => [group.id, group])));

  constructor(backend: Backend) {
    this.#backend = backend;
    this.search = new Search(backend, (id) => this.product(id));
  }

  async load(): Promise<void> {
    const said: ProductStock[] = [];
    this.#said = said;
    try {
      const view = await this.#backend.call('get_menu', {});
      // A newer reading is under way: what this one says may be older.
      if (this.#said !== said) return;
      this.view = restocked(view, said);
      this.problem = null;
    } catch (error) {
      // A menu that is there already serves better than a sentence in its place.
      this.problem = this.view === null ? sentenceOf(error) : null;
    }
    if (this.#said === said) this.#said = null;
  }

  hear(event: Event): void {
    if (event.kind === 'menu_changed') void this.load();
    if (event.kind === 'stock_changed') this.#restock(event.products);
  }

  #restock(products: ProductStock[]): void {
    this.#said?.push(...products);
    if (this.view) this.view = restocked(this.view, products);
  }

  get categoryId(): string | null {
    const categories = this.view?.categories ?? [];
    const kept = categories.find((category) => category.id === this.chosen);
    return (kept ?? categories[0])?.id ?? null;
  }

  get shown(): ProductView[] {
    const category = this.categoryId;
    return this.view?.products.filter((product) => product.category_id === category) ?? [];
  }

  product(id: string): ProductView | undefined {
    return this.#products.get(id);
  }

  /** What keeps a line of the cart from being ordered; nothing is said before the menu is read. */
  standingOf(line: Pick<NewLine, 'product_id' | 'variant_id' | 'modifier_ids'>) {
    const product = this.product(line.product_id);
    if (this.view === null) return null;
    const variant = product?.variants.find((one) => one.id === line.variant_id);
    if (!product || (line.variant_id !== null && !variant)) return 'offMenu';
    if (product.sold_out || variant?.sold_out) return 'soldOut';
    const offered = new Set(this.groupsOf(product).flatMap((group) => group.modifiers.map((one) => one.id)));
    return line.modifier_ids.every((id) => offered.has(id)) ? null : 'answerGone';
  }

  groupsOf(product: ProductView): ModifierGroupView[] {
    return product.group_ids.flatMap((id) => this.#groups.get(id) ?? []);
  }

  colorOf(product: ProductView): string {
    const category = this.view?.categories.find((one) => one.id === product.category_id);
    return chipColor(category?.color ?? '');
  }
}
