// Answers that share one unit, as the halves of a pizza do: the core calls them so, and the cart before it.

import type { ModifierGroupView, ModifierView } from '../../ipc/bindings.gen';

/** Whether several answers are equal parts of one unit. */
function sharesUnit(group: ModifierGroupView): boolean {
  return group.portioning !== 'whole';
}

/** The answers that were given, called by the part that each is. */
export function asParts(group: ModifierGroupView, given: readonly ModifierView[]): ModifierView[] {
  if (!sharesUnit(group) || given.length < 2) return [...given];
  const part = given.length === 2 ? '½' : `1/${String(given.length)}`;
  return given.map((modifier) => ({ ...modifier, name: `${part} ${modifier.name}` }));
}
