// An order's number. Numbers run by kind, and an order keeps its own when it is served as something else: then its
// number is told with the kind that it is of.

import type { Catalogue } from './es';
import type { I18n } from './i18n.svelte';

type Type = keyof Catalogue['common']['orderType'];

/** "#12", or "#12 (antes mesa)". */
export function numbered(
  { number, order_type, taken_as }: { number: number; order_type: Type; taken_as: Type },
  { t }: Pick<I18n, 't'>,
): string {
  return taken_as === order_type
    ? t.order.number(number)
    : t.order.numberOf(number, t.common.orderType[taken_as].toLowerCase());
}
