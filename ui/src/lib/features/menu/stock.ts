// What is said of products that are counted.

import type { MenuView, NewLine, ProductStock, ProductView } from '../../ipc/bindings.gen';

/** As many as this, or fewer, are worth a word. */
const FEW = 5;

/** How many can still be sold, when they are few; null when nobody needs to know, or there are none. */
export function lastOnes({ remaining, sold_out }: ProductView): number | null {
  return !sold_out && remaining !== null && remaining <= FEW ? remaining : null;
}

/** How many units of a product lines ask for, by itself and as a part of a combo. */
export function unitsOf(
  lines: readonly (Pick<NewLine, 'product_id' | 'quantity'> & { parts: readonly { product_id: string }[] })[],
  productId: string,
): number {
  const times = (line: (typeof lines)[number]) =>
    [line, ...line.parts].filter((one) => one.product_id === productId).length;
  return lines.reduce((sum, line) => sum + line.quantity * times(line), 0);
}

/** The menu with what was said of its products since it was read. */
export function restocked(view: MenuView, said: readonly ProductStock[]): MenuView {
  const now = new Map(said.map((stock) => [stock.product_id, stock]));
  const products = view.products.map((product) => {
    const stock = now.get(product.id);
    if (!stock) return product;
    const { sold_out, remaining, sold_out_variants } = stock;
    const variants = product.variants.map((one) => ({
      ...one,
      sold_out: sold_out_variants.includes(one.id),
    }));
    return { ...product, sold_out, remaining, variants };
  });
  return { ...view, products };
}
