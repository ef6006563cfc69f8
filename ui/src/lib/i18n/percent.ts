// A rate, as people type and read it.

/** Basis points of what was typed, such as `8`, `10,5` or `10.5 %`; none when it is no rate from 0 to 100. */
export function rateOf(typed: string): number | null {
  const number = typed.replace(/%/g, '').trim().replace(',', '.');
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(number)) return null;
  const rate = Math.round(Number(number) * 100);
  return rate <= 10_000 ? rate : null;
}

/** A rate as it is typed and read in a language, without the sign: 800 is "8", 1950 is "19,5" in Spanish. */
export function rateText(basisPoints: number, language: 'es' | 'en'): string {
  const text = String(basisPoints / 100);
  return language === 'es' ? text.replace('.', ',') : text;
}
