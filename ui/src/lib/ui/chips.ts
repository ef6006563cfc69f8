// The colours that the design system has for the categories of a menu.

export const CHIPS = ['tomato', 'amber', 'leaf', 'teal', 'sky', 'indigo', 'plum', 'rose'] as const;

const KNOWN: ReadonlySet<string> = new Set(CHIPS);

/** The token of a chip's colour; a plain one for a name that the design system does not have. */
export function chipColor(name: string): string {
  return `var(--chip-${KNOWN.has(name) ? name : 'none'})`;
}
