import { describe, expect, it } from 'vitest';
import { inShort, longestRow, rowsOf } from './lines';

describe('words of the house', () => {
  it('are counted by what stands on paper', () => {
    expect(rowsOf('Calle 12\nBogotá  \n\n')).toBe(2);
    expect(rowsOf('')).toBe(1);
    expect(longestRow('ñandú \n12')).toBe(5);
    expect(longestRow('🍽🍽')).toBe(2);
    expect(longestRow('')).toBe(0);
  });

  it('are told in short', () => {
    expect(inShort('Calle 12\n\nNIT 900')).toBe('Calle 12 / NIT 900');
    expect(inShort('x'.repeat(50))).toBe(`${'x'.repeat(39)}…`);
    expect(inShort('')).toBe('');
  });
});
