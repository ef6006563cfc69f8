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
import { Photos } from '../../ipc/photos.svelte';
import { optionOf, type Slot } from './combo.svelte';
import { Search } from './search.svelte';
import { restocked, unitsOf } from './stock';

/** What is wanted of a product. */
type Wished = Pick<NewLine, 'product_id' | 'variant_id' | 'modifier_ids'>;
/** A line of a cart. */
type Line = Wished & Pick<NewLine, 'quantity'> & { parts: readonly (Wished & { slot_id: string })[] };
/** What the favourites are chosen by, among the ids of categories. */
export const FAVOURITES = 'favourites';

export class Menu {
  view = $state.raw<MenuView | null>(null);
  problem = $state<string | null>(null);
  /** The category whose products are shown; the favourites, or the first, until one is chosen. */
  chosen = $state<string | null>(null);

  readonly search: Search;
  readonly photos: Photos;
  readonly #backend: Backend;
  /** What was said of the stock since the reading that is under way began: its answer may be older. */
  #said: ProductStock[] | null = null;
  readonly #products = $derived(new Map(this.view?.products.map((product) => [product.id, product])));
  readonly #favourites = $derived(
    this.view?.favourite_ids.flatMap((id) => this.#products.get(id) ?? []) ?? [],
  );
  readonly categoryId: string | null = $derived.by(() => {
    const categories = this.view?.categories ?? [];
    const kept = categories.find((category) => category.id === this.chosen);
    if (kept === undefined && this.#favourites.length > 0) return FAVOURITES;
    return (kept ?? categories[0])?.id ?? null;
  });
  /** The products of the chosen category. */
  readonly shown: ProductView[] = $derived(
    this.categoryId === FAVOURITES
      ? this.#favourites
      : (this.view?.products.filter((product) => product.category_id === this.categoryId) ?? []),
  );
  readonly #groups = $derived(new Map(this.view?.groups.map((group) => [group.id, group])));

  constructor(backend: Backend) {
    this.#backend = backend;
    this.photos = new Photos(backend);
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

  /** What the house wants in reach first, in its order. */
  get favourites(): ProductView[] {
    return this.#favourites;
  }

  product(id: string): ProductView | undefined {
    return this.#products.get(id);
  }

  /**
   * What keeps a line of the cart from being ordered, with how many are left where all of its lines together ask for
   * more; nothing is said before the menu is read.
   */
  standingOf(line: Line, cart: readonly Line[]) {
    const standing = this.#standingOf(line) ?? this.#tooMany(line, cart);
    const slots = this.product(line.product_id)?.slots ?? [];
    const offers = (part: Wished & { slot_id: string }) =>
      slots
        .find((slot) => slot.id === part.slot_id)
        ?.choices.some(
          (one) =>
            one.product_id === part.product_id && (one.variant_id ?? part.variant_id) === part.variant_id,
        ) === true;
    // Of a combo it is enough to choose anew.
    const whole = line.parts.every((part) => offers(part) && this.#standingOf(part) === null);
    return standing ?? (this.view === null || whole ? null : 'answerGone');
  }

  /** How many are left of what a line asks for, or of what was chosen for it, when the cart asks for more. */
  #tooMany(line: Line, cart: readonly Line[]) {
    for (const { product_id } of [line, ...line.parts]) {
      const left = this.product(product_id)?.remaining ?? null;
      if (left !== null && left > 0 && left < unitsOf(cart, product_id)) return { product_id, left };
    }
    return null;
  }

  #standingOf(line: Wished) {
    const product = this.product(line.product_id);
    if (this.view === null) return null;
    const variant = product?.variants.find((one) => one.id === line.variant_id);
    if (!product || (line.variant_id !== null && !variant)) return 'offMenu';
    if (product.sold_out || variant?.sold_out) return 'soldOut';
    const offered = new Set(this.groupsOf(product).flatMap((group) => group.modifiers.map((one) => one.id)));
    return line.modifier_ids.every((id) => offered.has(id)) ? null : 'answerGone';
  }

  /** What a combo has the guest choose; nothing of any other product. */
  slotsOf(product: ProductView): Slot[] {
    return product.slots.map(({ choices, ...slot }) => ({
      ...slot,
      options: choices.flatMap((choice) => {
        const offered = this.product(choice.product_id);
        return (offered && optionOf(choice, offered, this.groupsOf(offered))) ?? [];
      }),
    }));
  }

  groupsOf(product: ProductView): ModifierGroupView[] {
    return product.group_ids.flatMap((id) => this.#groups.get(id) ?? []);
  }

  colorOf(product: ProductView): string {
    const category = this.view?.categories.find((one) => one.id === product.category_id);
    return category?.color ?? '';
  }
}
