// Words in rows, counted as the core counts them: by letters, not by halves of one.

const trimmed = (text: string) =>
  text
    .split('\n')
    .map((row) => row.trimEnd())
    .join('\n')
    .trimEnd();

export function rowsOf(text: string): number {
  return trimmed(text).split('\n').length;
}

/** Letters of the longest row. */
export function longestRow(text: string): number {
  return Math.max(
    ...trimmed(text)
      .split('\n')
      .map((row) => Array.from(row).length),
  );
}

/** A few of the words on one row, for a sentence. */
export function inShort(text: string, letters = 40): string {
  const row = Array.from(trimmed(text).split('\n').filter(Boolean).join(' / '));
  return row.length > letters ? `${row.slice(0, letters - 1).join('')}…` : row.join('');
}
