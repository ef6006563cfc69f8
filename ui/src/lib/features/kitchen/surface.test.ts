// Cards keep their least size on every screen, and there is always one.
import { describe, expect, it } from 'vitest';
import { columnsIn, rowsIn } from './surface';

describe('the room of a board', () => {
  it.each([
    ['a small screen', { width: 1000, height: 610, rem: 16 }, 3, 2],
    ['a large one', { width: 1896, height: 930, rem: 16 }, 5, 3],
    ['large text', { width: 1342, height: 600, rem: 32 }, 2, 1],
    ['hardly any', { width: 200, height: 100, rem: 16 }, 1, 1],
  ])('%s', (_, surface, columns, rows) => {
    expect([columnsIn(surface), rowsIn(surface)]).toEqual([columns, rows]);
  });
});
