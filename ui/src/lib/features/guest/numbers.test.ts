// Whoever waits for a number sees all of it, however many are called and however long they are.

import { describe, expect, it } from 'vitest';
import { calledIn, KIND, type Room } from './numbers';

const ROOMS: Room[] = [
  { width: 421, height: 546 },
  { width: 900, height: 546 },
  { width: 293, height: 380 },
  { width: 1_780, height: 809 },
];
const DIGIT = 0.66;
/** Of letters in a word, a little more than the widest kind takes. */
const LETTER = 0.58;

describe('numbers that are called', () => {
  it.each(ROOMS)('fit into %o, whole', (room) => {
    for (const first of [1, 12, 123, 1_234, 12_345]) {
      for (let count = 1; count <= 36; count += 1) {
        const numbers = Array.from({ length: count }, (_, n) => first + n);
        const { size, columns } = calledIn(room, numbers);
        const longest = String(first + count - 1).length;
        expect(columns * longest * DIGIT * size).toBeLessThanOrEqual(room.width);
        expect(Math.ceil(count / columns) * 1.2 * size).toBeLessThanOrEqual(room.height);
        expect(size).toBeGreaterThan(14);
      }
    }
  });

  it.each(ROOMS)('fit into %o with the kind below them', (room) => {
    for (let count = 2; count <= 36; count += 1) {
      const { size, columns } = calledIn(room, Array(count).fill(7), ['Para llevar', 'Mostrador']);
      expect(columns * 'Para llevar'.length * LETTER * KIND * size).toBeLessThanOrEqual(room.width);
      expect(Math.ceil(count / columns) * (1.2 + 1.15 * KIND) * size).toBeLessThanOrEqual(room.height);
    }
  });

  it('are the larger the fewer they are', () => {
    const sizes = [1, 4, 12, 36].map(
      (count) => calledIn({ width: 421, height: 546 }, Array(count).fill(118)).size,
    );
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(sizes[0]).toBeGreaterThan(3 * (sizes[3] ?? 0));
  });
});
