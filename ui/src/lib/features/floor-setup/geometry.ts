// Where tables stand on a room's grid, in whole units. What may stand where is the core's to say; this finds places and
// draws them.

/** Place and size of a table. */
export type Spot = { x: number; y: number; width: number; height: number };

export type Grid = { columns: number; rows: number; least_side: number };

/** Whether both lie on some unit; edges may touch. */
export function overlaps(one: Spot, other: Spot): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

export function sameSpot(one: Spot, other: Spot): boolean {
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
}

const within = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

/** The spot so many units further, as far as the grid goes. */
export function moved(spot: Spot, right: number, down: number, grid: Grid): Spot {
  return {
    ...spot,
    x: within(spot.x + right, 0, grid.columns - spot.width),
    y: within(spot.y + down, 0, grid.rows - spot.height),
  };
}

/** The spot with its lower right corner so many units further, as far as the grid goes. */
export function sized(spot: Spot, right: number, down: number, grid: Grid): Spot {
  return {
    ...spot,
    width: within(spot.width + right, grid.least_side, grid.columns - spot.x),
    height: within(spot.height + down, grid.least_side, grid.rows - spot.y),
  };
}

/** Whole units of a way in pixels: what is let go of lies on the nearest lines. */
export function units(pixels: number, unit: number): number {
  return unit > 0 ? Math.round(pixels / unit) : 0;
}

/** The side of one unit in pixels, by the room there is: never so small that a thumb misses the smallest table. */
export function unitOf(grid: Grid, room: { width: number; height: number }, leastSidePx: number): number {
  const fits = Math.min(room.width / grid.columns, room.height / grid.rows);
  return Math.max(leastSidePx / grid.least_side, Math.floor(fits * 100) / 100);
}

/**
 * The first place where nothing stands, line by line from the top left: one unit away from everything where there is
 * such a place, else as close as it must be. None in a full room.
 */
export function freeSpot(
  grid: Grid,
  taken: readonly Spot[],
  size: { width: number; height: number },
): Spot | null {
  for (const gap of [1, 0]) {
    for (let y = gap; y + size.height <= grid.rows; y += 1) {
      for (let x = gap; x + size.width <= grid.columns; x += 1) {
        const around = {
          x: x - gap,
          y: y - gap,
          width: size.width + 2 * gap,
          height: size.height + 2 * gap,
        };
        if (!taken.some((one) => overlaps(one, around)))
          return { x, y, width: size.width, height: size.height };
      }
    }
  }
  return null;
}

/** As many places as fit, in rows, up to `count`. */
export function freeSpots(
  grid: Grid,
  taken: readonly Spot[],
  size: { width: number; height: number },
  count: number,
): Spot[] {
  const found: Spot[] = [];
  while (found.length < count) {
    const spot = freeSpot(grid, [...taken, ...found], size);
    if (spot === null) break;
    found.push(spot);
  }
  return found;
}

/** The number after the greatest that any of these names is. */
export function nextNumber(names: readonly string[]): number {
  const numbers = names.filter((name) => /^\d{1,6}$/.test(name)).map(Number);
  return Math.max(0, ...numbers) + 1;
}
