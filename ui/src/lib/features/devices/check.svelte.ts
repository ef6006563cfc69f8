// The check before a branch opens: every printer prints a short page, and says whether it did.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type { Event, PaperView, PrinterCheck } from '../../ipc/bindings.gen';
import type { I18n } from '../../i18n/i18n.svelte';
import { coalesced } from '../../ipc/coalesced';
import { Teller } from '../../ipc/tell';
import type { State } from '../../ui/state';

export class OpeningCheck {
  check = $state.raw<PrinterCheck | null>(null);
  busy = $state(false);
  problem = $state<string | null>(null);

  readonly #backend: Backend;
  readonly #teller: Teller;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#teller = new Teller(backend);
  }

  /** Has all of them print, once. */
  async start(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      this.check = await this.#teller.tell('check_printers', {});
      // A page may be out before anybody listened.
      void this.read();
    } catch (error) {
      this.problem = sentenceOf(error);
    } finally {
      this.busy = false;
    }
  }

  hear(event: Event): void {
    const papers = this.check?.papers ?? [];
    const about = event.kind === 'paper_changed' && papers.some((paper) => paper.job_id === event.job_id);
    if (about || (event.kind === 'heartbeat' && (this.check?.waiting ?? 0) > 0)) void this.read();
  }

  /** Asks how far the pages are; wishes that come meanwhile become one more reading. */
  readonly read = coalesced(async () => {
    const ids = this.check?.papers.map((paper) => paper.job_id) ?? [];
    if (ids.length === 0) return;
    try {
      const check = await this.#backend.call('get_printer_check', { job_ids: ids });
      // Another check may have begun meanwhile.
      if (this.check?.papers.every((paper) => ids.includes(paper.job_id))) this.check = check;
    } catch {
      // What is shown stays; the next event asks again.
    }
  });
}

/** How a page of the check is, as a state and in a word; `heldUp` when something keeps it from coming out. */
export function pageState(paper: PaperView, heldUp: boolean, i18n: I18n): { state: State; word: string } {
  const words = i18n.t.wizard.check;
  switch (paper.state) {
    case 'printed':
      return { state: 'calm', word: words.printed };
    case 'unconfirmed':
    case 'uncertain':
      return { state: 'warn', word: words.look };
    case 'failed':
    case 'cancelled':
      return { state: 'alarm', word: words.failed };
    case 'blocked':
      return { state: 'alarm', word: words.stopped };
    default:
      if (heldUp) return { state: 'alarm', word: words.stopped };
      return { state: 'busy', word: paper.state === 'queued' ? words.waits : words.printing };
  }
}
