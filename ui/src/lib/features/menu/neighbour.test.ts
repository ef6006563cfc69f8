import { describe, expect, it } from 'vitest';
import { neighbour } from './neighbour';

describe('the arrow keys over tiles', () => {
  // 0 1 2 3
  // 4 5 6 7
  // 8 9
  it.each([
    ['ArrowRight', 0, 1],
    ['ArrowRight', 3, 4],
    ['ArrowRight', 9, null],
    ['ArrowLeft', 4, 3],
    ['ArrowLeft', 0, null],
    ['ArrowDown', 1, 5],
    ['ArrowDown', 5, 9],
    ['ArrowDown', 7, 9],
    ['ArrowDown', 8, null],
    ['ArrowUp', 9, 5],
    ['ArrowUp', 2, null],
    ['Enter', 2, null],
  ])('%s from %d leads to %s', (key, at, to) => {
    expect(neighbour(key, at, 10, 4)).toBe(to);
  });

  it('leads nowhere where there is nothing', () => {
    expect(neighbour('ArrowRight', 0, 0, 4)).toBeNull();
  });
});
