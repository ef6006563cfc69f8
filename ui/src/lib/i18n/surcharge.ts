// What something adds to a price, or takes off it.

import type { I18n } from './i18n.svelte';

/** "+ 4.500", or "−9.000" of what takes off. */
export function surcharge(minor: number, i18n: Pick<I18n, 't' | 'money'>): string {
  return minor < 0 ? i18n.money(minor) : i18n.t.menu.sheet.extra(i18n.money(minor));
}
