// Which rows of a long list of tiles are drawn: those in sight and a few around them. Three hundred products cost
// what a screenful costs.

/** A list that is no longer than this is drawn whole. */
export const WHOLE = 60;
/** Rows drawn above and below what is in sight. */
const SPARE = 3;

export type View = {
  /** Tiles in all, and beside each other. */
  count: number;
  columns: number;
  /** Height of a row with the gap below it. */
  row: number;
  /** How far the list is scrolled, and how much of it is in sight. */
  top: number;
  height: number;
};

export type Window = {
  /** The tiles that are drawn: from this one, up to before that one. */
  from: number;
  to: number;
  /** Room for the rows that are not drawn. */
  before: number;
  after: number;
};

export function windowOf({ count, columns, row, top, height }: View): Window {
  const rows = Math.ceil(count / columns);
  if (count <= WHOLE || row <= 0) return { from: 0, to: count, before: 0, after: 0 };
  const lastRow = Math.min(rows, Math.ceil((top + height) / row) + SPARE);
  const firstRow = Math.min(Math.max(0, Math.floor(top / row) - SPARE), Math.max(0, lastRow - 1));
  return {
    from: firstRow * columns,
    to: Math.min(count, lastRow * columns),
    before: firstRow * row,
    after: (rows - lastRow) * row,
  };
}

/** How far to scroll so that a tile is in sight, moving as little as possible. */
export function revealing(at: number, { columns, row, top, height }: View): number {
  const start = Math.floor(at / columns) * row;
  if (start < top) return start;
  return Math.max(top, start + row - height);
}
