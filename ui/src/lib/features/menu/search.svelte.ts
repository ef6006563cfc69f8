// Finding products by what is typed: the core is asked at every letter that comes once it has answered to the one before,
// and the newest text's answer is shown.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type { FoundProduct, ProductView, TextRange, VariantView } from '../../ipc/bindings.gen';
import { coalesced } from '../../ipc/coalesced';

/** More tiles than anyone looks through. */
export const LIMIT = 60;

/** A product that answers, and the parts of its name that do. */
export type Found = {
  product: ProductView;
  ranges: TextRange[];
  /** The variant, when the text means one of the product's and no other. */
  variant: VariantView | null;
};

export type Answer = {
  text: string;
  /** Best first. */
  found: Found[];
  /** Nothing answers to the text as it is typed; these are close to it. */
  similar: boolean;
};

export class Search {
  /** The newest answer; it stays while the next one is under way. None while nothing is searched. */
  answer = $state.raw<Answer | null>(null);
  problem = $state<string | null>(null);
  /** The place among the found of the one that Enter adds. */
  at = $state(0);

  readonly #backend: Backend;
  readonly #product: (id: string) => ProductView | undefined;
  #newest = '';
  // One question at a time: what a scanner types is over before the answer to its first letters is here.
  readonly #askNewest = coalesced(() => this.#showNewest());

  constructor(backend: Backend, product: (id: string) => ProductView | undefined) {
    this.#backend = backend;
    this.#product = product;
  }

  /** Shows what `text` finds, unless a newer text comes before its answer. */
  async show(text: string): Promise<void> {
    this.#newest = text.trim();
    if (this.#newest === '') this.#take(null);
    else await this.#askNewest();
  }

  /** What Enter adds: the chosen product, or the best one when a scanner was faster than the answer. */
  async first(text: string): Promise<Found | null> {
    const asked = text.trim();
    if (this.answer?.text === asked) return this.answer.found[this.at] ?? null;
    const { found } = await this.#ask(asked);
    return found[0] ?? null;
  }

  async #showNewest(): Promise<void> {
    const asked = this.#newest;
    if (asked === '') return;
    try {
      const answer = await this.#ask(asked);
      if (asked === this.#newest) this.#take(answer);
    } catch (error) {
      if (asked === this.#newest) this.problem = sentenceOf(error);
    }
  }

  #take(answer: Answer | null): void {
    // The same text is asked again when the menu changes: what a person chose stays chosen.
    const kept = answer?.text === this.answer?.text ? this.answer?.found[this.at]?.product.id : undefined;
    this.at = Math.max(0, answer?.found.findIndex(({ product }) => product.id === kept) ?? 0);
    this.answer = answer;
    this.problem = null;
  }

  async #ask(text: string): Promise<Answer> {
    const { hits } = await this.#backend.call('search_products', { text, limit: LIMIT });
    const ids = hits.map((hit) => hit.product_id);
    // A product has one tile, however many of its variants answer.
    const products = hits.filter((hit, at) => ids.indexOf(hit.product_id) === at);
    const alone = (hit: FoundProduct) => ids.indexOf(hit.product_id) === ids.lastIndexOf(hit.product_id);
    const found = products.flatMap((hit) => this.#known(hit, alone(hit)));
    return { text, found, similar: hits[0]?.mistaken ?? false };
  }

  /** The menu on this screen may be older than the core's for a moment: what it does not know stays out. */
  #known(hit: FoundProduct, alone: boolean): Found[] {
    const product = this.#product(hit.product_id);
    if (!product) return [];
    const variant = alone ? product.variants.find((one) => one.id === hit.variant_id) : undefined;
    return [{ product, ranges: hit.ranges, variant: variant ?? null }];
  }
}
