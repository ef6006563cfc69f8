// Where a product's ticket would come out now, asked without printing anything.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type { Event, ProductTrace } from '../../ipc/bindings.gen';

/** More than anyone looks through. */
const MOST = 12;

export type Product = { id: string; name: string; code: string };

export class Trace {
  /** What the text that was typed last finds; none while nothing is typed. */
  found = $state.raw<{ text: string; products: Product[] } | null>(null);
  chosen = $state.raw<Product | null>(null);
  answer = $state.raw<ProductTrace | null>(null);
  problem = $state<string | null>(null);
  /** The terminal that sends; none for this one. */
  terminalId = $state<string | null>(null);

  readonly #backend: Backend;
  #menu: Promise<Map<string, Product>> | null = null;
  #typed = 0;
  #asked = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Shows what `text` finds. Answers that come after that of a newer text are dropped. */
  async search(text: string): Promise<void> {
    this.#typed += 1;
    const mine = this.#typed;
    const asked = text.trim();
    if (asked === '') {
      this.found = null;
      return;
    }
    try {
      const [menu, { hits }] = await Promise.all([
        this.#products(),
        this.#backend.call('search_products', { text: asked, limit: MOST }),
      ]);
      if (mine !== this.#typed) return;
      const ids = [...new Set(hits.map((hit) => hit.product_id))];
      this.found = { text: asked, products: ids.flatMap((id) => menu.get(id) ?? []) };
      this.problem = null;
    } catch (error) {
      if (mine === this.#typed) this.problem = sentenceOf(error);
    }
  }

  choose(product: Product | null): void {
    this.#asked += 1;
    this.chosen = product;
    this.answer = null;
    this.problem = null;
    void this.ask();
  }

  from(terminalId: string | null): void {
    this.terminalId = terminalId;
    void this.ask();
  }

  /** What changes printers or stations changes the answer. */
  hear(event: Event): void {
    if (event.kind === 'settings_changed' || event.kind === 'pulse_changed') void this.ask();
    if (event.kind === 'menu_changed') {
      this.#menu = null;
      void this.ask();
    }
  }

  async ask(): Promise<void> {
    const product = this.chosen;
    if (product === null) return;
    this.#asked += 1;
    const mine = this.#asked;
    try {
      const answer = await this.#backend.call('trace_product', {
        product_id: product.id,
        variant_id: null,
        terminal_id: this.terminalId,
      });
      if (mine !== this.#asked) return;
      this.answer = answer;
      this.problem = null;
    } catch (error) {
      if (mine !== this.#asked) return;
      this.answer = null;
      this.problem = sentenceOf(error);
    }
  }

  async #products(): Promise<Map<string, Product>> {
    this.#menu ??= this.#readMenu();
    try {
      return await this.#menu;
    } catch (error) {
      this.#menu = null;
      throw error;
    }
  }

  async #readMenu(): Promise<Map<string, Product>> {
    const { products } = await this.#backend.call('get_menu', {});
    return new Map(products.map(({ id, name, short_code }) => [id, { id, name, code: short_code }]));
  }
}
