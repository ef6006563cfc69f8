// Finding a product by a few letters, without accents, or by its short code.

import { plain } from '../../i18n/plain';
import type { ProductView } from '../../ipc/bindings.gen';

/** How well a product answers: 0 is the whole code, higher is worse, none is no answer. */
function rank(product: ProductView, words: readonly string[], whole: string): number | null {
  const code = plain(product.short_code);
  if (code === whole) return 0;
  const name = plain(product.name);
  const starts = name.split(/[^\p{L}\p{N}]+/u);
  if (code.startsWith(whole)) return 1;
  if (name.startsWith(whole)) return 2;
  if (words.every((word) => starts.some((start) => start.startsWith(word)))) return 3;
  return words.every((word) => name.includes(word)) ? 4 : null;
}

/** The products that `text` may mean, best first; the menu's own order decides between equals. */
export function searchProducts(products: readonly ProductView[], text: string): ProductView[] {
  const whole = plain(text);
  if (whole === '') return [];
  const words = whole.split(/\s+/);
  const ranked = products.flatMap((product) => {
    const place = rank(product, words, whole);
    return place === null ? [] : [{ product, place: product.sold_out ? place + 10 : place }];
  });
  return ranked.sort((a, b) => a.place - b.place).map((one) => one.product);
}
