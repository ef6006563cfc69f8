import { describe, expect, it } from 'vitest';
import { bytesOf, HIGH, middle, WIDE } from './photo';

describe('a photo for a tile', () => {
  it('is the middle of the picture in the shape of a tile, whatever its shape', () => {
    expect(middle(2 * WIDE, 2 * HIGH)).toEqual({ x: 0, y: 0, wide: 2 * WIDE, high: 2 * HIGH });
    expect(middle(1000, 1000)).toEqual({ x: 0, y: 250, wide: 1000, high: 500 });
    expect(middle(4000, 400)).toEqual({ x: 1600, y: 0, wide: 800, high: 400 });
    expect(middle(48, 24)).toEqual({ x: 0, y: 0, wide: 48, high: 24 });
  });

  it('is counted in bytes as the core counts it', () => {
    for (const bytes of [0, 1, 2, 3, 4, 5, 98_304]) expect(bytesOf(btoa('x'.repeat(bytes)))).toBe(bytes);
  });
});
