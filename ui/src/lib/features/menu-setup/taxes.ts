// What a tax is, in words.

import { rateText } from '../../i18n/percent';
import type { I18n } from '../../i18n/i18n.svelte';
import type { TaxView } from '../../ipc/bindings.gen';

/** Its rate, and how it stands to the price. */
export function taxRate({ rate_bp: rate, mode }: Pick<TaxView, 'rate_bp' | 'mode'>, i18n: I18n): string {
  const { rates } = i18n.t.menuSetup.taxes;
  return rates[mode](rateText(rate, i18n.language));
}
