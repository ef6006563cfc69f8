// A number typed digit by digit: what stood there before gives way to the first digit.

export type Typed = { value: number; fresh: boolean };

/** What stands there before anything is typed. */
export function startingAt(value: number): Typed {
  return { value, fresh: true };
}

/** One more digit; a number that would pass `most` stays as it is. */
export function withDigit(typed: Typed, digit: number, most: number): Typed {
  const value = typed.fresh ? digit : typed.value * 10 + digit;
  return value > most ? { ...typed, fresh: false } : { value, fresh: false };
}

/** One digit less; nothing is left after the last. */
export function withoutLast(typed: Typed): Typed {
  return { value: typed.fresh ? 0 : Math.floor(typed.value / 10), fresh: false };
}
