// What is being asked over the screen before something goes into the cart.

import type { CartLine } from '$lib/features/order/draft';
import type { ProductView, VariantView } from '$lib/ipc/bindings.gen';

/**
 * A product, or the variant of it that was found, whose questions are being answered, for a new line of so many units
 * or for one of the cart.
 */
export type Asking = {
  product: ProductView;
  variant: VariantView | null;
  units: number;
  line: CartLine | null;
};

/** What the number is typed for: a new line, or one of the cart. */
export type Counting = {
  name: string;
  value: number;
  ondone: (count: number) => void;
  isNew: boolean;
  /** The product, of a new line. */
  productId: string | null;
};
