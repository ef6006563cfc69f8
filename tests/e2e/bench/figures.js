/**
 * Figures and the table that they are told in.
 */

/** @typedef {{ what: string, p50?: number, p95: number, unit: string, target?: number, plain?: number, note?: string }} Figure */

/** The value below which this share of the values is. @param {number[]} values @param {number} share */
export function percentile(values, share) {
  if (values.length === 0) throw new Error('nothing was measured');
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/**
 * @param {string} what
 * @param {number[]} values in milliseconds
 * @param {{ target?: number, plain?: number, note?: string }} [more] `plain`: p95 of the plain page.
 * @returns {Figure}
 */
export function times(what, values, more = {}) {
  const [p50, p95] = [percentile(values, 0.5), percentile(values, 0.95)];
  return {
    what,
    p50,
    p95,
    unit: 'ms',
    ...more,
    note: [`${values.length} times`, more.note].filter(Boolean).join(', '),
  };
}

/** @param {number | undefined} value */
function shown(value) {
  if (value === undefined) return '';
  return Math.abs(value) < 100 ? value.toFixed(1) : value.toFixed(0);
}

/** @param {Figure} figure */
function row({ what, p50, p95, unit, target, plain, note }) {
  const ratio = plain ? `${(p95 / plain).toFixed(1)} ×` : '';
  const verdict = target === undefined ? '' : p95 < target ? 'pass' : 'MISS';
  const limit = target === undefined ? '' : `< ${target}`;
  return [what, shown(p50), shown(p95), unit, limit, ratio, verdict, note ?? ''];
}

/** @param {Figure[]} figures */
export function table(figures) {
  const head = ['what', 'p50', 'p95', '', 'target', 'to plain', '', ''];
  const rows = [head, ...figures.map(row)];
  const widths = head.map((_, n) => Math.max(...rows.map((cells) => cells[n]?.length ?? 0)));
  const isNumber = (/** @type {number} */ n) => n === 1 || n === 2 || n === 4 || n === 5;
  const line = (/** @type {string[]} */ cells) =>
    cells
      .map((cell, n) => (isNumber(n) ? cell.padStart(widths[n] ?? 0) : cell.padEnd(widths[n] ?? 0)))
      .join('  ');
  return rows.map((cells) => line(cells).trimEnd()).join('\n');
}
