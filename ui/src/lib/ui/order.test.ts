import { describe, expect, it } from 'vitest';
import { stepped } from './order';

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
