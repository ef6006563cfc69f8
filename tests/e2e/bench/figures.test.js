/**
 * The bench's own arithmetic: a figure that is reckoned wrong looks like any other.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markdown, percentile, slope, table, times } from './figures.js';
import { leaks, wish } from './rush.js';

describe('the figures of the bench', () => {
  it('are values that were measured, whatever their order', () => {
    const values = Array.from({ length: 100 }, (_, n) => 100 - n);
    assert.equal(percentile(values, 0.5), 50);
    assert.equal(percentile(values, 0.95), 95);
    assert.equal(percentile([7], 0.95), 7);
    assert.throws(() => percentile([], 0.5), /nothing was measured/);
  });

  it('grow by the line that lies nearest', () => {
    assert.equal(slope([0, 1, 2, 3], [5, 7, 9, 11]), 2);
    assert.equal(slope([0, 1, 2, 3], [4, 4, 4, 4]), 0);
    // One high value in the middle tilts nothing.
    assert.equal(slope([0, 1, 2], [3, 90, 3]), 0);
    assert.throws(() => slope([1, 1], [2, 3]), /two places/);
  });

  it('leave out what memory fills in the first half of a rush', () => {
    const memory = [10, 60, 90, 100, 103, 106, 109];
    const looks = memory.map((mib, n) => ({ minute: n, orders: n * 150, memory: [mib, 40] }));
    assert.deepEqual(leaks(looks), [3, 0]);
    assert.deepEqual(leaks(looks.slice(0, 2)), [50, 0], 'two looks are all that there is');
  });

  it('are told with what was wanted, and what was missed', () => {
    const lines = table([
      times('tap', [10, 20], { target: 50, plain: 10 }),
      times('scan', [70], { target: 50 }),
    ]).split('\n');
    assert.match(lines[2] ?? '', /^\| tap +\| ms +\| 10\.0 \| 20\.0 \| +< 50 \| +2\.0 \| 2 times +\|$/);
    assert.match(lines[3] ?? '', /< 50 \(MISSED\)/);
    assert.equal(new Set(lines.map((line) => line.length)).size, 1, 'every column is as wide in each line');
  });

  it('stand in a table that Markdown knows', () => {
    assert.equal(
      markdown(['a', 'b'], [false, true], [['x', '1']]),
      '| a   |   b |\n| --- | --: |\n| x   |   1 |',
    );
  });

  it('come from orders at every table of the first room, of one product or two', () => {
    const wishes = Array.from({ length: 24 }, (_, n) => wish(n));
    assert.deepEqual(
      [...new Set(wishes.map(({ table: name }) => Number(name)))].sort((a, b) => a - b),
      [...Array.from({ length: 12 }, (_, n) => n + 1)],
    );
    assert.ok(wishes.every(({ products }) => products === 1 || products === 2));
  });
});
