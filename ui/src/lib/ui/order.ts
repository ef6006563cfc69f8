// Lists that a person puts in order.

/** The list with what is at a place moved one up or down; as it is where there is no place to go to. */
export function stepped<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const next = [...list];
  const [one, other] = [next[at], next[at + by]];
  if (one === undefined || other === undefined) return next;
  [next[at], next[at + by]] = [other, one];
  return next;
}

/** The list with what is at one place taken to another; what lies between moves up or down by one. */
export function placed<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const [one] = next.splice(from, 1);
  if (one !== undefined) next.splice(to, 0, one);
  return next;
}

/** Puts the keyboard on what does something in a row of a list, or where that cannot be done on the row's first `other`. */
export function focusRow(
  list: Element | undefined,
  at: number,
  does: string,
  other = 'button:not(:disabled)',
): void {
  const row = list?.children[at];
  const wanted = row?.querySelector<HTMLElement>(`[data-does="${does}"]:not(:disabled)`);
  (wanted ?? row?.querySelector<HTMLElement>(other))?.focus();
}
