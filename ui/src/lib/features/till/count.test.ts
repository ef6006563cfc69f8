import { describe, expect, it } from 'vitest';
import { parseMoney } from '../../i18n/money';
import { Count, piecesOf, sumOf } from './count.svelte';
import { verdictOf } from './difference';

const COP = { code: 'COP', minor_digits: 2, shown_digits: 0 };
const read = (text: string) => parseMoney(text, COP, 'es');

describe('money counted by hand', () => {
  it.each([
    [COP, 10_000_000, 5_000],
    [{ code: 'USD', minor_digits: 2, shown_digits: 2 }, 10_000, 1],
    [{ code: 'COP', minor_digits: 0, shown_digits: 0 }, 100_000, 50],
  ])('has the pieces of %o, the largest first', (currency, first, last) => {
    const pieces = piecesOf(currency);
    expect([pieces[0], pieces.at(-1)]).toEqual([first, last]);
    expect(pieces).toEqual([...pieces].sort((a, b) => b - a));
    expect(new Set(pieces).size).toBe(pieces.length);
  });

  it('is one figure where the pieces are not known, or cannot be said', () => {
    for (const currency of [
      { code: 'XTS', minor_digits: 2, shown_digits: 2 },
      { code: 'USD', minor_digits: 0, shown_digits: 0 },
    ]) {
      const count = new Count(currency, read);
      expect([count.pieces.length, count.how]).toEqual([0, 'figure']);
    }
  });

  it('comes to what each is worth, and to nothing before anything is said', () => {
    const count = new Count(COP, read);
    expect(count.minor).toBeNull();
    count.type(10_000_000, '3');
    count.type(200_000, '12');
    count.type(5_000, '');
    expect(count.minor).toBe(3 * 10_000_000 + 12 * 200_000);
    count.type(10_000_000, '0');
    count.type(200_000, '');
    expect(count.minor).toBe(0);
  });

  it('takes digits only, and not without end', () => {
    const count = new Count(COP, read);
    count.type(5_000, '-1a2.3');
    expect(count.count(5_000)).toBe('123');
    count.type(5_000, '12345678');
    expect(count.count(5_000)).toBe('123456');
    expect(sumOf(new Map([[5_000, '1,5']]))).toBeNull();
    expect(sumOf(new Map([[9_007_199_254_740_991, '2']]))).toBeNull();
  });

  it('is read as an amount when it is one figure, and keeps both ways apart', () => {
    const count = new Count(COP, read);
    count.type(5_000, '2');
    count.how = 'figure';
    expect(count.minor).toBeNull();
    count.figure = '200.000';
    expect(count.minor).toBe(20_000_000);
    count.figure = '200.00';
    expect(count.minor).toBeNull();
    count.how = 'pieces';
    expect(count.minor).toBe(10_000);
    count.clear();
    expect([count.minor, count.figure]).toEqual([null, '']);
  });
});

describe('what a count says of a drawer', () => {
  it.each([
    [0, 'right', 'calm', 0],
    [-70_000, 'missing', 'alarm', 70_000],
    [5_000, 'over', 'warn', 5_000],
  ] as const)('%i is %s', (difference, how, state, minor) => {
    expect(verdictOf(difference)).toEqual({ how, state, minor });
  });
});
