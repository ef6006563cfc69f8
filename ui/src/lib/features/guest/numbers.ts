// How large numbers are called: as large as all of them fit.

/** How wide a figure is, how far numbers stand apart and how high a row is, for a size of 1. */
const FIGURE = 0.68;
const APART = 0.6;
const ROW = 1.2;
/** The share of the board's height that one number takes at most. */
const MOST = 0.42;
/** How large the kind of an order is below its number, how wide a letter of it, and how high its row. */
export const KIND = 0.42;
const LETTER = 0.62 * KIND;
const KIND_ROW = 1.15 * KIND;

/** Pixels. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

export interface Called {
  /** Font size in pixels. */
  readonly size: number;
  readonly columns: number;
}

/**
 * The largest size at which all numbers are in sight, and beside how many others each stands. `kinds` are the words that
 * stand below numbers.
 */
export function calledIn(room: Room, numbers: readonly number[], kinds: readonly string[] = []): Called {
  const figures = Math.max(1, ...numbers.map((number) => String(number).length));
  const wide = Math.max(figures * FIGURE, ...kinds.map((kind) => kind.length * LETTER));
  const high = ROW + (kinds.length > 0 ? KIND_ROW : 0);
  let best: Called = { size: 0, columns: 1 };
  for (let columns = 1; columns <= Math.max(1, numbers.length); columns += 1) {
    const rows = Math.max(1, Math.ceil(numbers.length / columns));
    const across = room.width / (columns * wide + (columns - 1) * APART);
    const down = room.height / (rows * high);
    const size = Math.floor(Math.min(across, down, MOST * room.height));
    if (size > best.size) best = { size, columns };
  }
  return best;
}
