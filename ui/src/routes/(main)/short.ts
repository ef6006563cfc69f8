// What there is too little of for a cart: said before the core has to refuse it.

import type { Menu } from '$lib/features/menu/menu.svelte';
import { unitsOf } from '$lib/features/menu/stock';
import type { Hand } from '$lib/features/order/hand.svelte';
import type { Catalogue } from '$lib/i18n/es';

/** How long it is said: two sentences at the till. */
export const SHORT_MS = 8_000;

/** As a sentence; none when there is enough, and of what is on its way already, which is the core's to judge. */
export function tooLittle(hand: Hand, menu: Menu, words: Catalogue['availability']): string | null {
  if (hand.pending.length > 0) return null;
  const lines = hand.draft?.lines ?? [];
  for (const line of lines) {
    const standing = menu.standingOf(line, lines);
    if (standing === 'soldOut') return words.goneInCart(line.name);
    if (standing === null || typeof standing === 'string') continue;
    const { product_id, left } = standing;
    return words.tooMany(menu.product(product_id)?.name ?? line.name, left, unitsOf(lines, product_id));
  }
  return null;
}
