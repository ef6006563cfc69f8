// What is typed in the search of the menu: "3*limonada" wants three of what "limonada" finds.

const MOST_UNITS = 999;

export type Wanted = {
  units: number;
  /** What is looked for. */
  text: string;
};

/** Splits the units off. A number without the sign is part of the text: codes are numbers too. */
export function wanted(typed: string): Wanted {
  const [, count, text] = /^\s*(\d{1,3})\s*[*×]\s*(.*)$/.exec(typed) ?? [];
  const units = Number(count ?? 1);
  if (text === undefined || units < 1) return { units: 1, text: typed.trim() };
  return { units: Math.min(MOST_UNITS, units), text: text.trim() };
}
