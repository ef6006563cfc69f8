import { describe, expect, it } from 'vitest';
import { rateOf, rateText } from './percent';

describe('a rate', () => {
  it.each([
    ['8', 800],
    ['10,5', 1_050],
    ['10.25 %', 1_025],
    ['0', 0],
    ['100', 10_000],
    ['101', null],
    ['', null],
    ['-1', null],
    ['1,234', null],
  ])('%s', (typed, rate) => {
    expect(rateOf(typed)).toBe(rate);
  });

  it('is written as people of a language type it', () => {
    expect([rateText(1_050, 'es'), rateText(1_050, 'en'), rateText(800, 'es')]).toEqual([
      '10,5',
      '10.5',
      '8',
    ]);
    expect(rateOf(rateText(1_925, 'es'))).toBe(1_925);
  });
});
