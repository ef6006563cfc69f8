// What a paper is called, with which part of a bill it is.

import type { Catalogue } from './es';
import type { I18n } from './i18n.svelte';

interface Paper {
  kind: keyof Catalogue['queue']['stuck']['kinds'];
  part: { number: number; of: number } | null;
}

/** "Cuenta", or "Cuenta, parte 2 de 3". */
export function paperName({ kind, part }: Paper, { t }: Pick<I18n, 't'>): string {
  const name = t.queue.stuck.kinds[kind];
  return part === null ? name : t.parts.ofPaper(name, part.number, part.of);
}
