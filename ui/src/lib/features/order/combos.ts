// Combos among the lines of an order: what stands for itself, and what was chosen for it.

import type { LineView } from '../../ipc/bindings.gen';

/** The lines that stand for themselves; a part without its combo does too. */
export function ownLines(lines: readonly LineView[]): LineView[] {
  const ids = new Set(lines.map((line) => line.id));
  return lines.filter((line) => line.combo_line_id === null || !ids.has(line.combo_line_id));
}

/** What was chosen for a line, in its order; nothing unless it is a combo. */
export function partsOf(lines: readonly LineView[], { id }: Pick<LineView, 'id'>): LineView[] {
  return lines.filter((line) => line.combo_line_id === id);
}
