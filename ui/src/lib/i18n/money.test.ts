import { describe, expect, it } from 'vitest';
import { decimalSign, formatMoney, parseMoney } from './money';

const COP = { code: 'COP', minor_digits: 2, shown_digits: 0 };
const USD = { code: 'USD', minor_digits: 2, shown_digits: 2 };
const CLP = { code: 'CLP', minor_digits: 0, shown_digits: 0 };
const KWD = { code: 'KWD', minor_digits: 3, shown_digits: 3 };

describe('an amount becomes text', () => {
  it.each([
    [1_900_000, COP, 'es', '19.000'],
    [1_900_000, COP, 'en', '19,000'],
    [0, COP, 'es', '0'],
    [99_999_999_900, COP, 'es', '999.999.999'],
    [50, COP, 'es', '1'],
    [49, COP, 'es', '0'],
    [-49, COP, 'es', '0'],
    [-1_234_500, COP, 'es', '−12.345'],
    [5, USD, 'en', '0.05'],
    [123_456, USD, 'en', '1,234.56'],
    [123_456, USD, 'es', '1.234,56'],
    [-7, USD, 'es', '−0,07'],
    [1_000, CLP, 'es', '1.000'],
    [1_234_567, KWD, 'en', '1,234.567'],
    [Number.MAX_SAFE_INTEGER, USD, 'en', '90,071,992,547,409.91'],
  ] as const)('%s minor units of %o in %s read %s', (minor, currency, language, text) => {
    expect(formatMoney(minor, currency, language)).toBe(text);
  });
});

describe('typed text becomes an amount', () => {
  it.each([
    ['19.000', COP, 'es', 1_900_000],
    ['19000', COP, 'es', 1_900_000],
    [' $ 19.000 ', COP, 'es', 1_900_000],
    ['19,000', COP, 'en', 1_900_000],
    ['0', COP, 'es', 0],
    ['1.234,5', USD, 'es', 123_450],
    ['1234.56', USD, 'en', 123_456],
    ['1.000', CLP, 'es', 1_000],
  ] as const)('%s of %o in %s', (text, currency, language, minor) => {
    expect(parseMoney(text, currency, language)).toBe(minor);
  });

  it.each([
    ['', COP, 'es'],
    ['doce', COP, 'es'],
    ['-500', COP, 'es'],
    ['12.5', COP, 'es'],
    ['12.50', USD, 'es'],
    ['1.00.000', COP, 'es'],
    ['12,50', COP, 'es'],
    ['1,2,3', USD, 'es'],
    ['1,234', USD, 'es'],
    ['99999999999999999', COP, 'es'],
  ] as const)('%s of %o in %s is none', (text, currency, language) => {
    expect(parseMoney(text, currency, language)).toBeNull();
  });

  it('reads back what is shown', () => {
    for (const currency of [COP, USD, CLP, KWD]) {
      for (const language of ['es', 'en'] as const) {
        const unit = 10 ** (currency.minor_digits - currency.shown_digits);
        for (const units of [0, 1, 999, 1_000, 1_234_567]) {
          const minor = units * unit;
          expect(parseMoney(formatMoney(minor, currency, language), currency, language)).toBe(minor);
        }
      }
    }
  });
});

describe('the sign before decimals', () => {
  it('is the language’s, where the currency shows any', () => {
    expect([decimalSign(USD, 'es'), decimalSign(USD, 'en')]).toEqual([',', '.']);
    expect([decimalSign(COP, 'es'), decimalSign(CLP, 'en')]).toEqual([null, null]);
  });
});
