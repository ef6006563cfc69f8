// Moving over a grid of tiles with the arrow keys.

/** The place that an arrow key leads to from `at`; none for other keys and at the edges. */
export function neighbour(key: string, at: number, count: number, columns: number): number | null {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
  };
  const step = steps[key];
  if (step === undefined || count === 0) return null;
  const to = at + step;
  if (to < 0) return null;
  if (to < count) return to;
  // The last row may be short: down leads to its end, not nowhere.
  const lastRow = Math.floor((count - 1) / columns);
  return step === columns && Math.floor(at / columns) < lastRow ? count - 1 : null;
}

/** Whether the arrow keys sideways belong to the letters of a field rather than to the tiles. */
export function movesCaret(key: string, target: EventTarget | null, at: number): boolean {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return false;
  if (!(target instanceof HTMLInputElement)) return false;
  const atEnd = target.selectionStart === target.value.length && target.selectionEnd === target.value.length;
  return !atEnd || (key === 'ArrowLeft' && at === 0);
}
