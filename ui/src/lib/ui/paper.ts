// A paper drawn from its rows, in the dots of its printer: each letter in its cell, each picture dot by dot.

/** One row as the core reads it back from the bytes that the printer gets. */
export type PaperRow = {
  text: string;
  /** Multiples of the normal letter. */
  width: number;
  height: number;
  bold: boolean;
  inverse: boolean;
  /** Where the printer has two colours. */
  red: boolean;
  /** Of a row that is drawn: how many dots it is wide. */
  dots_wide: number | null;
  /** Its dots in hexadecimal, eight to a byte, the leftmost in the highest bit. */
  dots: string | null;
};

/** A letter of the normal size, in dots, and what is between two rows. */
export const CELL = { wide: 12, high: 24, gap: 6 };

export type DrawnRow = {
  row: PaperRow;
  /** From the top, in dots. */
  y: number;
  high: number;
  /** Its letters from the first that is none of the spaces before it. */
  letters: string;
  x: number;
  wide: number;
  /** The black of a row that is drawn, as a path. */
  black: string | null;
};

/** Where every row stands, and how long the paper is. */
export function layOut(rows: readonly PaperRow[]): { drawn: DrawnRow[]; high: number } {
  const drawn: DrawnRow[] = [];
  let y = 0;
  for (const row of rows) {
    const cell = CELL.wide * row.width;
    const trimmed = row.text.trimEnd();
    const letters = trimmed.trimStart();
    const before = [...trimmed].length - [...letters].length;
    const black = row.dots !== null && row.dots_wide !== null ? path(row.dots, row.dots_wide) : null;
    const high = black === null ? CELL.high * row.height + CELL.gap : linesOf(row);
    drawn.push({ row, y, high, letters, x: before * cell, wide: [...letters].length * cell, black });
    y += high;
  }
  return { drawn, high: y };
}

/** Lines of dots of a row that is drawn. */
function linesOf({ dots, dots_wide }: PaperRow): number {
  const digits = Math.ceil((dots_wide ?? 0) / 8) * 2;
  return digits === 0 ? 0 : Math.ceil((dots?.length ?? 0) / digits);
}

/** The black dots of a picture as a path, a stroke for each run of them. */
export function path(dots: string, wide: number): string {
  const digits = Math.ceil(wide / 8) * 2;
  if (digits === 0) return '';
  const strokes: string[] = [];
  for (let line = 0; line * digits < dots.length; line += 1) {
    const bits = [...dots.slice(line * digits, (line + 1) * digits)]
      .map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0'))
      .join('');
    for (const run of bits.matchAll(/1+/g)) {
      strokes.push(
        `M${String(run.index)} ${String(line)}h${String(run[0].length)}v1h-${String(run[0].length)}z`,
      );
    }
  }
  return strokes.join('');
}
