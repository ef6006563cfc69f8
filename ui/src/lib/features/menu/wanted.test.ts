import { describe, expect, it } from 'vitest';
import { wanted } from './wanted';

describe('the units before what is searched', () => {
  it.each([
    ['limonada', 1, 'limonada'],
    ['3*limonada', 3, 'limonada'],
    [' 12 × 502 ', 12, '502'],
    ['3*', 3, ''],
    ['502', 1, '502'],
    ['7701234567890', 1, '7701234567890'],
    ['2*7701234567890', 2, '7701234567890'],
    ['0*papa', 1, '0*papa'],
    ['1000*papa', 1, '1000*papa'],
    ['*papa', 1, '*papa'],
    ['', 1, ''],
  ])('«%s» wants %i of «%s»', (typed, units, text) => {
    expect(wanted(typed)).toEqual({ units, text });
  });
});
