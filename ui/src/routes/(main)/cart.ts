// From what was chosen of the menu to a line of the cart.

import type { PartChoice } from '$lib/features/menu/combo.svelte';
import type { Choice } from '$lib/features/menu/wish.svelte';
import type { CartLine, CartPart } from '$lib/features/order/draft';
import type { ModifierView, ProductView, VariantView } from '$lib/ipc/bindings.gen';
import { newId } from '$lib/ipc/ids';

/** What the cart calls it until the core's own words are there. */
export function nameOf(product: ProductView, variant: VariantView | null): string {
  return variant === null ? product.name : `${product.name} · ${variant.name}`;
}

/** What was chosen of a product, and for a combo of its slots. */
export function cartLine(
  product: ProductView,
  choice: Choice,
  parts: readonly PartChoice[],
  held: boolean,
): Omit<CartLine, 'id'> {
  const { quantity, variant, modifiers, note, allergy, course, seat } = choice;
  const said = { quantity, note, allergy, course, seat, held };
  return { ...chosen(product, variant, modifiers), ...said, parts: parts.map(cartPart) };
}

function cartPart({ slot_id, product, variant, modifiers }: PartChoice): CartPart {
  return { id: newId(), slot_id, ...chosen(product, variant, modifiers) };
}

function chosen(product: ProductView, variant: VariantView | null, modifiers: readonly ModifierView[]) {
  return {
    product_id: product.id,
    variant_id: variant?.id ?? null,
    name: nameOf(product, variant),
    modifier_ids: modifiers.map((modifier) => modifier.id),
    modifier_names: modifiers.map((modifier) => modifier.name),
  };
}
