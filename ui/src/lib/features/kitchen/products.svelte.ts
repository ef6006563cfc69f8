// What a station makes, with what is left of it.

import { isFoundBy } from '$lib/i18n/plain';
import type { Backend } from '$lib/ipc/backend';
import type { Event, ProductAvailability, StationProducts as View } from '$lib/ipc/bindings.gen';
import { Kept } from '$lib/ipc/kept.svelte';

export class StationProducts {
  readonly kept: Kept<View>;
  readonly #byId = $derived.by(() => new Map(this.all.map((one) => [one.product_id, one])));

  /** Without a station they are those of all. */
  constructor(backend: Backend, stationId: string | null) {
    this.kept = new Kept(() => backend.call('list_station_products', { station_id: stationId }));
  }

  get all(): readonly ProductAvailability[] {
    return this.kept.value?.products ?? [];
  }

  /** Those that have run out first, then those of which a number is left. */
  get limited(): ProductAvailability[] {
    const gone = this.all.filter((one) => one.sold_out);
    return [...gone, ...this.all.filter((one) => !one.sold_out && one.said !== null)];
  }

  isSoldOut(productId: string): boolean {
    return this.#byId.get(productId)?.sold_out ?? false;
  }

  /** Those whose name has this text, or whose number begins with it. */
  find(text: string): ProductAvailability[] {
    return this.all.filter((one) => isFoundBy(text, one.name, one.short_code));
  }

  hear(event: Event): void {
    if (event.kind === 'menu_changed') void this.kept.read();
    if (event.kind !== 'stock_changed') return;
    const now = new Map(event.products.map((one) => [one.product_id, one]));
    this.kept.take((view) => ({
      products: view.products.map((one) => {
        const { sold_out, remaining } = now.get(one.product_id) ?? one;
        return { ...one, sold_out, remaining };
      }),
    }));
  }
}
