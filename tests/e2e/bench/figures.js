/**
 * Figures, and the Markdown tables that they are told in.
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

/**
 * By how much a value grows with each step of another one: the straight line that lies nearest to the points.
 * @param {number[]} at
 * @param {number[]} values
 */
export function slope(at, values) {
  const mean = (/** @type {number[]} */ all) => all.reduce((sum, one) => sum + one, 0) / all.length;
  const [middle, level] = [mean(at), mean(values)];
  let [rise, run] = [0, 0];
  for (const [n, x] of at.entries()) {
    rise += (x - middle) * ((values[n] ?? Number.NaN) - level);
    run += (x - middle) ** 2;
  }
  if (run === 0) throw new Error('a slope needs two places');
  return rise / run;
}

/** @param {number | undefined} value */
function shown(value) {
  if (value === undefined) return '';
  return Math.abs(value) < 100 ? value.toFixed(1) : value.toFixed(0);
}

/** With its sign. @param {number} value */
export function growth(value) {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
}

/** @param {Figure} figure */
function row({ what, p50, p95, unit, target, plain, note }) {
  const ratio = plain ? (p95 / plain).toFixed(1) : '';
  const limit = target === undefined ? '' : `< ${target}${p95 < target ? '' : ' (MISSED)'}`;
  return [what, unit, shown(p50), shown(p95), limit, ratio, note ?? ''];
}

/** @param {Figure[]} figures */
export function table(figures) {
  const head = ['what', 'unit', 'p50', 'p95', 'target of p95', 'to plain, p95', 'of'];
  return markdown(head, [false, false, true, true, true, true, false], figures.map(row));
}

/**
 * @param {string[]} head
 * @param {boolean[]} numbers Which columns are set to the right.
 * @param {string[][]} rows
 */
export function markdown(head, numbers, rows) {
  const widths = head.map((_, n) => Math.max(3, ...[head, ...rows].map((cells) => cells[n]?.length ?? 0)));
  const line = (/** @type {string[]} */ cells) => {
    const padded = widths.map((width, n) => {
      const cell = cells[n] ?? '';
      return numbers[n] ? cell.padStart(width) : cell.padEnd(width);
    });
    return `| ${padded.join(' | ')} |`;
  };
  const rule = widths.map((width, n) => (numbers[n] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
