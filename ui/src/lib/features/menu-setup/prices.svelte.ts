// The price lists, as whoever manages the house sees and writes them.

import type { Backend } from '../../ipc/backend';
import type { ListPrice, PriceListsView, PricesThen } from '../../ipc/bindings.gen';
import { Kept } from '../../ipc/kept.svelte';
import { Teller, type Wish } from '../../ipc/tell';

/** Every wish answers when the core has carried it out, and rejects with the core's sentence when it did not. */
export class Prices {
  readonly kept: Kept<PriceListsView>;
  readonly #backend: Backend;
  readonly #teller: Teller;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#teller = new Teller(backend);
    this.kept = new Kept(() => backend.call('get_price_lists', {}));
  }

  get view(): PriceListsView | null {
    return this.kept.value;
  }

  /** What a product costs by a list: now, and from a day that has not come. */
  saying(productId: string): { now: ListedPrice | null; later: ListedPrice | null } {
    const view = this.view;
    const held = view?.now.find((one) => one.product_id === productId && one.variant_id === null);
    const coming = view?.lists.flatMap((list) => {
      const price = list.prices.find((one) => one.product_id === productId && one.variant_id === null);
      const begins = list.active && (list.valid_from ?? 0) >= view.next_day_at;
      return price && begins ? [{ list: list.name, minor: price.price_minor }] : [];
    });
    return { now: held ? { list: held.list, minor: held.price_minor } : null, later: coming?.[0] ?? null };
  }

  /** Reads the lists again, once somebody has looked at them. */
  changed(): void {
    if (this.view !== null) void this.kept.read();
  }

  async save(wish: Wish<'save_price_list'>): Promise<void> {
    this.#take(await this.#teller.tell('save_price_list', wish));
  }

  async remove(listId: string): Promise<void> {
    this.#take(await this.#teller.tell('remove_price_list', { list_id: listId }));
  }

  /** From the next business day a product ordinarily costs this. */
  async schedule(productId: string, priceMinor: number): Promise<void> {
    this.#take(await this.#teller.tell('schedule_price', { product_id: productId, price_minor: priceMinor }));
  }

  /** What products cost with so many hundredths of a per cent off; of the whole menu when no category is meant. */
  async discount(categoryId: string | null, basisPoints: number): Promise<ListPrice[]> {
    const request = { category_id: categoryId, off_bp: basisPoints };
    return (await this.#backend.call('discount_prices', request)).prices;
  }

  async then(at: number): Promise<PricesThen> {
    return this.#backend.call('preview_prices', { at });
  }

  #take(view: PriceListsView): void {
    if (this.view === null) void this.kept.read();
    else this.kept.take(() => view);
  }
}

/** What a list says of a product. */
export type ListedPrice = { list: string; minor: number };
