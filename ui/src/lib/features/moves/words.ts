// What goes, in words.

import type { I18n } from '../../i18n/i18n.svelte';
import type { Carried } from './moves.svelte';

/** "Pedido 12 · Mesa 4", "2 líneas del pedido 12 · Mesa 4". */
export function whatOf({ orders, lines, from }: Carried, { t }: Pick<I18n, 't'>): string {
  const number = orders[0]?.number ?? 0;
  const whole = orders.length === 1 ? t.moves.order(number) : t.moves.orders(orders.length);
  const what = lines === null ? whole : t.moves.linesOf(lines.length, number);
  return from === null ? what : t.moves.from(what, from.name);
}
