// Printers that nobody has set up yet, as the core finds them when a person asks.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type { FoundPrinter, FoundPrinters } from '../../ipc/bindings.gen';
import type { I18n } from '../../i18n/i18n.svelte';

/** One way of looking: in the network, or at the cables. What was found stays while it is looked at again. */
export class Look {
  answer = $state.raw<FoundPrinters | null>(null);
  /** Since when it is being looked, by this machine's clock. */
  since = $state<number | null>(null);
  /** Why it was not looked at all, as a sentence. */
  problem = $state<string | null>(null);

  readonly #backend: Backend;
  readonly #where: 'network' | 'cables';

  constructor(backend: Backend, where: 'network' | 'cables') {
    this.#backend = backend;
    this.#where = where;
  }

  /** Looks once; pressed again meanwhile it does nothing. */
  async go(range = ''): Promise<void> {
    if (this.since !== null) return;
    this.since = Date.now();
    this.problem = null;
    const network = this.#where === 'network';
    const named = range.trim() === '' ? null : range.trim();
    try {
      this.answer = await this.#backend.call('find_printers', { network, range: named, cables: !network });
    } catch (error) {
      this.answer = null;
      this.problem = sentenceOf(error);
    } finally {
      this.since = null;
    }
  }

  /** It was looked, and nothing is there. */
  get nothing(): boolean {
    return this.since === null && this.answer !== null && this.answer.printers.length === 0;
  }
}

/** What a found printer has said of itself. */
export function saidWords(found: FoundPrinter, i18n: I18n): string {
  const words = i18n.t.wizard.add;
  if (found.at !== 'network') return words.cable;
  if (found.model_id !== null) return words.said(found.model_id);
  return found.answered ? words.answered : words.silent;
}

/** Letters that the core takes as a device's name. */
const LONGEST_NAME = 40;

/** A name that no other device has: the wanted one, or with a number behind it. */
export function freshName(wanted: string, taken: readonly string[]): string {
  const names = new Set(taken.map((name) => name.toLowerCase()));
  const base = wanted.trim().slice(0, LONGEST_NAME).trim();
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : ` ${String(number)}`;
    const name = base.slice(0, LONGEST_NAME - suffix.length).trim() + suffix;
    if (!names.has(name.toLowerCase())) return name;
  }
}
