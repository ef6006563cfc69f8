// How much is to be chosen, in words.

import type { I18n } from '../../i18n/i18n.svelte';
import type { ModifierGroupView } from '../../ipc/bindings.gen';

/** "Elija 1", "Opcional · hasta 2", "Elija 2 · puede repetir". */
export function ruleOf(
  { min, max, repeats = false }: { min: number; max: number; repeats?: boolean },
  { t }: Pick<I18n, 't'>,
): string {
  const words = t.menu.sheet;
  const many = min > 0 ? words.forced(min, max) : words.optional(max);
  return repeats && max > 1 ? `${many} · ${words.repeats}` : many;
}

/** The same of a question, with what several answers mean where they are parts of one unit. */
export function ruleOfGroup(group: ModifierGroupView, i18n: Pick<I18n, 't'>): string {
  const many = ruleOf(group, i18n);
  return group.portioning === 'whole' ? many : `${many} · ${i18n.t.menu.sheet.portioning[group.portioning]}`;
}
