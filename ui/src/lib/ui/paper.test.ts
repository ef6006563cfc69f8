import { describe, expect, it } from 'vitest';
import { CELL, layOut, path, type PaperRow } from './paper';

function row(part: Partial<PaperRow>): PaperRow {
  return {
    text: '',
    width: 1,
    height: 1,
    bold: false,
    inverse: false,
    red: false,
    dots_wide: null,
    dots: null,
    ...part,
  };
}

describe('a paper', () => {
  it('has its rows below each other, a large letter in a large cell', () => {
    const { drawn, high } = layOut([
      row({ text: 'MESA 5', width: 2, height: 2 }),
      row({}),
      row({ text: 'x' }),
    ]);
    const small = CELL.high + CELL.gap;
    const large = 2 * CELL.high + CELL.gap;
    expect(drawn.map(({ y }) => y)).toEqual([0, large, large + small]);
    expect(high).toBe(large + 2 * small);
    expect(drawn[0]?.wide).toBe(6 * 2 * CELL.wide);
  });

  it('keeps letters in the column where they are printed', () => {
    const { drawn } = layOut([row({ text: '   2 ñ  ' })]);
    expect(drawn[0]).toMatchObject({ letters: '2 ñ', x: 3 * CELL.wide, wide: 3 * CELL.wide });
  });

  it('draws a picture as the dots that it is', () => {
    expect(path('f000', 16)).toBe('M0 0h4v1h-4z');
    expect(path('81', 8)).toBe('M0 0h1v1h-1zM7 0h1v1h-1z');
    expect(path('ff00ff', 8)).toBe('M0 0h8v1h-8zM0 2h8v1h-8z');
    expect(path('', 0)).toBe('');
    const { drawn, high } = layOut([row({ dots: 'ff00ff', dots_wide: 8 }), row({ text: 'x' })]);
    expect([drawn[0]?.high, drawn[1]?.y, high]).toEqual([3, 3, 3 + CELL.high + CELL.gap]);
  });

  it('has as many letters as a person counts', () => {
    expect(layOut([row({ text: '😀a' })]).drawn[0]?.wide).toBe(2 * CELL.wide);
  });
});
