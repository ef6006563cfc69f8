import { describe, expect, it } from 'vitest';
import { fitted, greyOf } from './grey';

describe('a picture on its way to paper', () => {
  it('shrinks until it fits in both ways, and only a drawing grows', () => {
    expect(fitted(1152, 200, false)).toEqual({ wide: 576, high: 100 });
    expect(fitted(1000, 1000, false)).toEqual({ wide: 240, high: 240 });
    expect(fitted(100, 50, false)).toEqual({ wide: 100, high: 50 });
    expect(fitted(100, 50, true)).toEqual({ wide: 480, high: 240 });
    expect(fitted(100, 10, true)).toEqual({ wide: 576, high: 58 });
    expect(fitted(10_000, 1, false)).toEqual({ wide: 576, high: 1 });
  });

  it('is as bright as the eye finds it, on white', () => {
    const white = [255, 255, 255, 255];
    const black = [0, 0, 0, 255];
    const clear = [0, 0, 0, 0];
    expect(greyOf([...white, ...black, ...clear])).toBe('ff00ff');
    expect(greyOf([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255])).toBe('4c961d');
    expect(greyOf([0, 0, 0, 51])).toBe('cc');
    expect(greyOf([])).toBe('');
  });
});
