import { describe, expect, it } from 'vitest';
import type { ImportKind, ImportRow } from '../../ipc/bindings.gen';
import { counted, estimate, first, rowAt, rowsOf, tops } from './rows';

const row = (number: number, kind: ImportKind, sharp = false): ImportRow => ({
  row: number,
  kind,
  code: String(number),
  name: 'Ajiaco',
  category: 'Sopas',
  changes: kind === 'changed' ? [{ column: 'price', before: '1', after: '2', sharp }] : [],
  errors: kind === 'error' ? [{ column: 'price', cell: 'x', message: 'No.' }] : [],
  seen: String(number),
});

const ROWS = [row(2, 'same'), row(3, 'changed', true), row(4, 'error'), row(5, 'changed'), row(6, 'new')];

describe('the rows of a preview', () => {
  it('are counted by what becomes of them', () => {
    expect(counted(ROWS)).toEqual({ all: 5, new: 1, changed: 2, same: 1, error: 1, sharp: 1 });
  });

  it('are filtered by it, and prices that jump by themselves', () => {
    const shown = (filter: Parameters<typeof rowsOf>[1]) => rowsOf(ROWS, filter).map((one) => one.row);
    expect(shown('changed')).toEqual([3, 5]);
    expect(shown('sharp')).toEqual([3]);
    expect(shown('all')).toEqual([2, 3, 4, 5, 6]);
  });

  it('begin with what needs eyes', () => {
    expect(first(counted(ROWS))).toBe('error');
    expect(first(counted(ROWS.filter((one) => one.kind !== 'error')))).toBe('changed');
    expect(first(counted([row(2, 'new')]))).toBe('new');
    expect(first(counted([row(2, 'same')]))).toBe('all');
  });
});

describe('the part of a list that is in sight', () => {
  it('is found by how far down it is, whatever the heights', () => {
    const begin = tops([10, 30, 20]);
    expect([...begin]).toEqual([0, 10, 40, 60]);
    expect([-5, 0, 9, 10, 39, 40, 59, 500].map((at) => rowAt(begin, at))).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
    expect(rowAt(tops([]), 7)).toBe(0);
  });

  it('is guessed higher for more lines', () => {
    expect(estimate(row(1, 'same'))).toBe(estimate(row(1, 'error')));
    const two = {
      ...row(1, 'new'),
      changes: [1, 2].map(() => ({ column: 'name' as const, before: null, after: 'a', sharp: false })),
    };
    expect(estimate(two)).toBeGreaterThan(estimate(row(1, 'new')));
  });
});
