import { describe, expect, it } from 'vitest';
import { startingAt, withDigit, withoutLast, type Typed } from './keypad';

const type = (start: number, digits: string, most = 999): number => {
  const end = [...digits].reduce<Typed>(
    (typed, key) => (key === '<' ? withoutLast(typed) : withDigit(typed, Number(key), most)),
    startingAt(start),
  );
  return end.value;
};

describe('a number typed on the keypad', () => {
  it.each([
    [1, '6', 6],
    [3, '12', 12],
    [1, '120', 120],
    [1, '05', 5],
    [1, '0', 0],
    [24, '<', 0],
    [1, '24<', 2],
    [1, '24<<<', 0],
    [1, '24<5', 25],
  ])('%i and then «%s» is %i', (start, digits, value) => {
    expect(type(start, digits)).toBe(value);
  });

  it('never passes the most there can be', () => {
    expect(type(1, '9999')).toBe(999);
    expect(type(1, '12345', 50)).toBe(12);
    expect(type(5, '7', 6)).toBe(5);
  });
});
