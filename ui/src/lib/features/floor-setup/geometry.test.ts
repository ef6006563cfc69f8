import { describe, expect, it } from 'vitest';
import {
  freeSpot,
  freeSpots,
  moved,
  nextNumber,
  overlaps,
  sized,
  unitOf,
  units,
  type Spot,
} from './geometry';

const GRID = { columns: 24, rows: 16, least_side: 2 };
const spot = (x: number, y: number, width = 3, height = 3): Spot => ({ x, y, width, height });

/** The units that a spot lies on. */
function cells({ x, y, width, height }: Spot): Set<string> {
  const all = new Set<string>();
  for (let row = y; row < y + height; row += 1)
    for (let column = x; column < x + width; column += 1) all.add(`${String(column)} ${String(row)}`);
  return all;
}

describe('spots on a grid', () => {
  it('overlap when they share a unit, and not when edges touch', () => {
    for (let x = 0; x < 8; x += 1)
      for (let y = 0; y < 8; y += 1)
        for (const side of [1, 2, 3]) {
          const [one, other] = [spot(3, 3), spot(x, y, side, 4 - side)];
          const shared = [...cells(one)].some((cell) => cells(other).has(cell));
          expect(overlaps(one, other), `${String(x)} ${String(y)} ${String(side)}`).toBe(shared);
        }
  });

  it('move as far as the grid goes', () => {
    expect(moved(spot(5, 5), 2, -3, GRID)).toEqual(spot(7, 2));
    expect(moved(spot(5, 5), -9, 99, GRID)).toEqual(spot(0, 13));
    expect(moved(spot(5, 5), 99, -99, GRID)).toEqual(spot(21, 0));
  });

  it('are sized as far as the grid goes and no smaller than a thumb', () => {
    expect(sized(spot(5, 5), 2, 1, GRID)).toEqual(spot(5, 5, 5, 4));
    expect(sized(spot(5, 5), -9, -1, GRID)).toEqual(spot(5, 5, 2, 2));
    expect(sized(spot(20, 12), 99, 99, GRID)).toEqual(spot(20, 12, 4, 4));
  });

  it('snap to the nearest lines', () => {
    expect([-31, -29, 0, 29, 31, 90].map((pixels) => units(pixels, 20))).toEqual([-2, -1, 0, 1, 2, 5]);
    expect(units(50, 0)).toBe(0);
  });

  it('are drawn in the room there is, and never too small to touch', () => {
    expect(unitOf(GRID, { width: 960, height: 960 }, 44)).toBe(40);
    expect(unitOf(GRID, { width: 960, height: 480 }, 44)).toBe(30);
    expect(unitOf(GRID, { width: 300, height: 300 }, 44)).toBe(22);
  });
});

describe('a place for a new table', () => {
  it('is the first from the top left that keeps away from the others', () => {
    expect(freeSpot(GRID, [], { width: 3, height: 3 })).toEqual(spot(1, 1));
    expect(freeSpot(GRID, [spot(1, 1)], { width: 3, height: 3 })).toEqual(spot(5, 1));
    expect(freeSpot(GRID, [spot(0, 0, 24, 8)], { width: 4, height: 2 })).toEqual(spot(1, 9, 4, 2));
  });

  it('is close to the others when there is no other, and none in a full room', () => {
    const almost = [spot(0, 0, 24, 13), spot(0, 13, 21, 3)];
    expect(freeSpot(GRID, almost, { width: 3, height: 3 })).toEqual(spot(21, 13));
    expect(freeSpot(GRID, [...almost, spot(21, 13)], { width: 3, height: 3 })).toBeNull();
  });

  it('is found for many at once, in rows, until the room is full', () => {
    const twelve = freeSpots(GRID, [], { width: 3, height: 3 }, 12);
    expect(twelve.slice(0, 6).map(({ x, y }) => [x, y])).toEqual([
      [1, 1],
      [5, 1],
      [9, 1],
      [13, 1],
      [17, 1],
      [21, 1],
    ]);
    expect(twelve[6]).toEqual(spot(1, 5));
    const forty = freeSpots(GRID, [], { width: 2, height: 2 }, 40);
    expect(forty).toHaveLength(40);
    for (const [at, one] of forty.entries())
      expect(forty.slice(at + 1).some((other) => overlaps(one, other))).toBe(false);
    expect(freeSpots(GRID, [], { width: 8, height: 8 }, 9)).toHaveLength(2);
  });

  it('comes with the number after the greatest', () => {
    expect(nextNumber([])).toBe(1);
    expect(nextNumber(['3', 'Barra', '12', '7b', '007'])).toBe(13);
  });
});
