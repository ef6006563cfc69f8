// The rows of a preview, as they are filtered and as many as are in sight.

import type { ImportKind, ImportRow } from '../../ipc/bindings.gen';

export type Filter = 'all' | ImportKind | 'sharp';

/** In the order in which they are offered. */
export const FILTERS = [
  'error',
  'sharp',
  'changed',
  'new',
  'same',
  'all',
] as const satisfies readonly Filter[];

export type Counts = Record<Filter, number>;

/** Whether a row has a price that jumps. */
function isSharp(row: ImportRow): boolean {
  return row.changes.some((change) => change.sharp);
}

export function counted(rows: readonly ImportRow[]): Counts {
  const counts: Counts = { all: rows.length, new: 0, changed: 0, same: 0, error: 0, sharp: 0 };
  for (const row of rows) {
    counts[row.kind] += 1;
    if (isSharp(row)) counts.sharp += 1;
  }
  return counts;
}

export function rowsOf(rows: readonly ImportRow[], filter: Filter): readonly ImportRow[] {
  if (filter === 'all') return rows;
  if (filter === 'sharp') return rows.filter(isSharp);
  return rows.filter((row) => row.kind === filter);
}

/** What needs eyes first: errors, then what changes, then what is new. */
export function first(counts: Counts): Filter {
  return (['error', 'changed', 'new'] as const).find((filter) => counts[filter] > 0) ?? 'all';
}

/** Height of a row before it is measured, in pixels. */
export function estimate(row: ImportRow): number {
  return 56 + 26 * Math.max(0, row.changes.length + row.errors.length - 1);
}

/** Where each row begins, and at the end where the last one ends. */
export function tops(heights: readonly number[]): Float64Array {
  const tops = new Float64Array(heights.length + 1);
  heights.forEach((height, at) => {
    tops[at + 1] = (tops[at] ?? 0) + height;
  });
  return tops;
}

/** The row that is at this distance from the top. */
export function rowAt(tops: Float64Array, distance: number): number {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((tops[middle] ?? 0) <= distance) low = middle;
    else high = middle - 1;
  }
  return low;
}
