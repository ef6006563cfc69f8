import { describe, expect, it } from 'vitest';
import { revealing, WHOLE, windowOf, type View } from './window';

const view = (fields: Partial<View>): View => ({
  count: 300,
  columns: 4,
  row: 100,
  top: 0,
  height: 600,
  ...fields,
});

describe('the tiles that are drawn', () => {
  it('are all of a short list, wherever it is scrolled', () => {
    const whole = { from: 0, to: WHOLE, before: 0, after: 0 };
    expect(windowOf(view({ count: WHOLE, top: 500 }))).toEqual(whole);
    expect(windowOf(view({ count: 0 }))).toEqual({ from: 0, to: 0, before: 0, after: 0 });
  });

  it('are those in sight and a few around them', () => {
    expect(windowOf(view({}))).toEqual({ from: 0, to: 36, before: 0, after: 6_600 });
    expect(windowOf(view({ top: 2_000 }))).toEqual({ from: 68, to: 116, before: 1_700, after: 4_600 });
  });

  it('always hold what is in sight, and the list is always as high as all of it', () => {
    for (const columns of [1, 3, 4, 7]) {
      const rows = Math.ceil(301 / columns);
      for (let top = 0; top <= rows * 100; top += 37) {
        const { from, to, before, after } = windowOf(view({ count: 301, columns, top }));
        const drawn = Math.ceil((to - from) / columns);
        expect(before + drawn * 100 + after).toBe(rows * 100);
        expect(before).toBeLessThanOrEqual(top);
        expect(before + drawn * 100).toBeGreaterThanOrEqual(Math.min(rows * 100, top + 600));
        expect(to - from).toBeLessThanOrEqual((6 + 1 + 6) * columns);
      }
    }
  });

  it('are the end of the list when it is scrolled past it, as after a shorter one takes its place', () => {
    expect(windowOf(view({ top: 90_000 })).to).toBe(300);
  });

  it('are all while nobody knows how high a row is', () => {
    expect(windowOf(view({ row: 0 })).to).toBe(300);
  });
});

describe('a tile that gets the focus', () => {
  it('is brought into sight with as little moving as possible', () => {
    expect(revealing(0, view({ top: 250 }))).toBe(0);
    expect(revealing(12, view({ top: 250 }))).toBe(250);
    expect(revealing(40, view({ top: 250 }))).toBe(500);
    expect(revealing(8, view({ top: 250 }))).toBe(200);
  });
});
