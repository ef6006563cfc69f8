// Money counted by hand: how many of each note and coin, or one figure for all of it.

import type { Currency } from '../../i18n/money';

/** Notes and coins that go round, in hundredths of the currency's unit, the largest first. */
const PIECES: Readonly<Record<string, readonly number[]>> = {
  COP: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50].map((one) => one * 100),
  MXN: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50],
  PEN: [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10],
  USD: [10_000, 5_000, 2_000, 1_000, 500, 100, 25, 10, 5, 1],
  EUR: [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
};
/** Longest number of pieces of one kind. */
const MOST_DIGITS = 6;

/** The notes and coins of a currency in its minor units; none of one that is not known here. */
export function piecesOf({ code, minor_digits }: Currency): number[] {
  const pieces = (PIECES[code] ?? []).map((one) => (one * 10 ** minor_digits) / 100);
  return pieces.every(Number.isInteger) ? pieces : [];
}

/** What so many of each come to, in minor units. Null while nothing is counted, or something is no number. */
export function sumOf(counts: ReadonlyMap<number, string>): number | null {
  const said = [...counts].filter(([, count]) => count.trim() !== '');
  if (said.length === 0 || said.some(([, count]) => !/^\d+$/.test(count.trim()))) return null;
  const sum = said.reduce((all, [piece, count]) => all + piece * Number(count.trim()), 0);
  return Number.isSafeInteger(sum) ? sum : null;
}

export type How = 'pieces' | 'figure';

/** A count under way: it outlives the sheet in which it is typed. */
export class Count {
  how = $state<How>('pieces');
  figure = $state('');
  counts = $state.raw<ReadonlyMap<number, string>>(new Map());
  readonly pieces: readonly number[];
  readonly #read: (text: string) => number | null;

  /** `read` takes an amount as a person types it. */
  constructor(currency: Currency, read: (text: string) => number | null) {
    this.pieces = piecesOf(currency);
    this.#read = read;
    if (this.pieces.length === 0) this.how = 'figure';
  }

  /** What was counted, in minor units; null while it is no amount. */
  get minor(): number | null {
    return this.how === 'pieces' ? sumOf(this.counts) : this.#read(this.figure);
  }

  count(piece: number): string {
    return this.counts.get(piece) ?? '';
  }

  type(piece: number, text: string): void {
    const digits = text.replace(/\D/g, '').slice(0, MOST_DIGITS);
    this.counts = new Map(this.counts).set(piece, digits);
  }

  clear(): void {
    this.counts = new Map();
    this.figure = '';
  }
}

/** The counts of one drawer, and what is said of the second. */
export class Counts {
  readonly float: Count;
  readonly closing: Count;
  note = $state('');

  constructor(currency: Currency, read: (text: string) => number | null) {
    this.float = new Count(currency, read);
    this.closing = new Count(currency, read);
  }
}
