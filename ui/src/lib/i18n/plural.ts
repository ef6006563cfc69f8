// Plural forms: Spanish and English both have one and other.

/** `1 plato`, `2 platos`: the count and the form that goes with it. */
export function plural(count: number, one: string, other: string): string {
  return `${String(count)} ${Math.abs(count) === 1 ? one : other}`;
}

/** The form alone, without the count. */
export function form(count: number, one: string, other: string): string {
  return Math.abs(count) === 1 ? one : other;
}
