// The one place where an amount becomes text. Amounts arrive in whole minor units and leave as digits.

export type Currency = { code: string; minor_digits: number; shown_digits: number };

const SEPARATORS = {
  es: { group: '.', decimal: ',' },
  en: { group: ',', decimal: '.' },
};

/**
 * Writes an amount of minor units with the currency's shown digits: 1900000 COP is "19.000" in Spanish.
 * Digits that the currency never shows are rounded half away from zero, as the core does on paper.
 */
export function formatMoney(minor: number, currency: Currency, language: 'es' | 'en'): string {
  const { group, decimal } = SEPARATORS[language];
  const shown = Math.min(currency.shown_digits, currency.minor_digits);
  const hidden = 10n ** BigInt(currency.minor_digits - shown);
  const size = BigInt(Math.abs(Math.trunc(minor)));
  const units = (size + hidden / 2n) / hidden;
  const digits = units.toString().padStart(shown + 1, '0');
  const whole = digits.slice(0, digits.length - shown).replace(/\B(?=(\d{3})+$)/g, group);
  const sign = minor < 0 && units > 0n ? '−' : '';
  return shown === 0 ? sign + whole : sign + whole + decimal + digits.slice(-shown);
}

/**
 * Reads an amount as a person types it, in the same digits and separators as it is shown: "19.000" in Spanish is
 * 1900000 minor units of COP. Null when it is none, or finer than what is ever shown.
 */
export function parseMoney(text: string, currency: Currency, language: 'es' | 'en'): number | null {
  const { group, decimal } = SEPARATORS[language];
  const [whole = '', part = '', ...more] = text.replace(/[\s$]/g, '').split(decimal);
  const groups = whole.split(group);
  const first = groups[0] ?? '';
  const grouped =
    groups.length > 1 && /^\d{1,3}$/.test(first) && groups.slice(1).every((one) => /^\d{3}$/.test(one));
  if (more.length > 0 || !(grouped || (groups.length === 1 && /^\d+$/.test(first)))) return null;
  const shown = Math.min(currency.shown_digits, currency.minor_digits);
  if (part.length > shown || !/^\d*$/.test(part)) return null;
  const minor = Number(groups.join('') + part.padEnd(currency.minor_digits, '0'));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** The sign before the decimals; none where none are ever shown. */
export function decimalSign(currency: Currency, language: 'es' | 'en'): string | null {
  return Math.min(currency.shown_digits, currency.minor_digits) > 0 ? SEPARATORS[language].decimal : null;
}
