import { describe, expect, it } from 'vitest';
import { placed, stepped } from './order';

describe('what moves in a list', () => {
  it.each([
    [1, -1, ['b', 'a', 'c']],
    [1, 1, ['a', 'c', 'b']],
    [0, -1, ['a', 'b', 'c']],
    [2, 1, ['a', 'b', 'c']],
  ] as const)('from %s by %s', (at, by, then) => {
    expect(stepped(['a', 'b', 'c'], at, by)).toEqual(then);
  });
});

describe('what is taken to another place of a list', () => {
  it('stands there, and the others close the gap', () => {
    expect(placed(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd']);
    expect(placed(['a', 'b', 'c', 'd'], 3, 0)).toEqual(['d', 'a', 'b', 'c']);
    expect(placed(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
    expect(placed(['a', 'b'], 5, 0)).toEqual(['a', 'b']);
  });
});
