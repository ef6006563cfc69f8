import { describe, expect, it } from 'vitest';
import { pieces } from './pieces';

describe('the pieces of a name', () => {
  it('are the whole name, cut where it was found', () => {
    expect(
      pieces('🍕 Piña colada', [
        { start: 3, end: 6 },
        { start: 8, end: 14 },
      ]),
    ).toEqual([
      { text: '🍕 ', found: false },
      { text: 'Piñ', found: true },
      { text: 'a ', found: false },
      { text: 'colada', found: true },
    ]);
    expect(pieces('Pan', [{ start: 0, end: 3 }])).toEqual([{ text: 'Pan', found: true }]);
    expect(pieces('Pan', [])).toEqual([{ text: 'Pan', found: false }]);
  });
});
