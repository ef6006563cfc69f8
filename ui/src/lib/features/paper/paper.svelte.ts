// The simulated printers as the drawer shows them: what came out, how it looks, and what is wrong with each.

import { sentenceOf, type Backend } from '$lib/ipc/backend';
import type { DemoCondition, DemoPrinter, DemoSlip } from '$lib/ipc/demo';

/** Slips of each printer whose picture is drawn; older ones are in the core's log. */
export const SHOWN_SLIPS = 6;

/** What identifies a slip also after the core was started anew, when numbers begin again. */
export function slipKey(printer: string, slip: DemoSlip): string {
  return `${printer}/${String(slip.number)}/${String(slip.at_ms)}`;
}

export class Paper {
  printers = $state.raw<DemoPrinter[]>([]);
  pictures = $state.raw<ReadonlyMap<string, string>>(new Map());
  /** Why the last wish was not carried out, as a sentence. */
  problem = $state<string | null>(null);

  readonly #backend: Backend;
  #reading = false;
  #readAgain = false;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Slips in all, for the toggle. */
  get count(): number {
    return this.printers.reduce((sum, printer) => sum + (printer.slips[0]?.number ?? 0), 0);
  }

  /** Asks what came out; a wish that comes while it asks makes it ask once more. */
  async refresh(withPictures: boolean): Promise<void> {
    if (this.#reading) {
      this.#readAgain = true;
      return;
    }
    this.#reading = true;
    try {
      do {
        this.#readAgain = false;
        this.printers = await this.#backend.call('list_demo_printers', {});
        if (withPictures) await this.#draw();
      } while (this.#readAgain);
    } catch {
      // The connection's own sign says it; the drawer keeps the paper that it has.
    } finally {
      this.#reading = false;
    }
  }

  /** Breaks or mends a printer. */
  async set(printer: string, condition: DemoCondition): Promise<void> {
    try {
      await this.#backend.call('set_demo_condition', { printer, condition });
      this.problem = null;
    } catch (error) {
      this.problem = sentenceOf(error);
    }
    await this.refresh(true);
  }

  /** Fetches the pictures that are missing and lets go of those that are no longer shown. */
  async #draw(): Promise<void> {
    const pictures = new Map<string, string>();
    for (const printer of this.printers) {
      for (const slip of printer.slips.slice(0, SHOWN_SLIPS)) {
        const key = slipKey(printer.name, slip);
        pictures.set(key, this.pictures.get(key) ?? (await this.#picture(printer.name, slip.number)));
      }
    }
    this.pictures = pictures;
  }

  async #picture(printer: string, number: number): Promise<string> {
    const answer = await this.#backend.call('get_demo_slip', { printer, number });
    return answer.png_data_url;
  }
}
