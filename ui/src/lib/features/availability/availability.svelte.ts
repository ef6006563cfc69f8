// How much is left of one product, as somebody looks at it and says it.

import type { Word } from '../../ipc/availability';
import type { Backend } from '../../ipc/backend';
import type { Event, ProductAvailability } from '../../ipc/bindings.gen';
import { Kept } from '../../ipc/kept.svelte';
import { Teller } from '../../ipc/tell';

export class Availability {
  readonly kept: Kept<ProductAvailability>;
  readonly #productId: string;
  readonly #teller: Teller;

  constructor(backend: Backend, productId: string) {
    this.#productId = productId;
    this.#teller = new Teller(backend);
    this.kept = new Kept(() => backend.call('get_availability', { product_id: productId }));
  }

  hear(event: Event): void {
    const isMeant =
      event.kind === 'menu_changed' ||
      (event.kind === 'stock_changed' && event.products.some((one) => one.product_id === this.#productId));
    if (isMeant) void this.kept.read();
  }

  /** Answers when the core has taken it, and rejects with its sentence when it did not. */
  async say(word: Word): Promise<ProductAvailability> {
    const said = await this.#teller.tell('set_availability', { product_id: this.#productId, ...word });
    this.kept.take(() => said);
    return said;
  }
}
