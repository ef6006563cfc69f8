// Papers about money and the drawer: asked for, followed until their fate is known, and answered for by a person
// when it is not.

import { CallFailed, sentenceOf, type Backend } from '../../ipc/backend';
import type {
  Approval,
  Event,
  JobState,
  OrderView,
  PaperAnswer,
  PaperView,
  TillPrinters,
} from '../../ipc/bindings.gen';
import { coalesced } from '../../ipc/coalesced';
import { Teller } from '../../ipc/tell';
import type { State } from '../../ui/state';

/** Nothing more happens to these by itself. */
const SETTLED: ReadonlySet<JobState> = new Set([
  'printed',
  'unconfirmed',
  'failed',
  'cancelled',
  'uncertain',
]);

export function isSettled(paper: PaperView): boolean {
  return SETTLED.has(paper.state);
}

/** The state of the product that a paper's own state is. */
export function stateOf(paper: PaperView): State {
  if (paper.state === 'printed' || paper.state === 'cancelled') return 'calm';
  if (paper.state === 'failed' || paper.state === 'blocked') return 'alarm';
  return paper.state === 'uncertain' || paper.state === 'unconfirmed' ? 'warn' : 'busy';
}

/** Under which name the last paper of a part is kept. */
function aboutPart(orderId: string, part: number): string {
  return `${orderId} part ${String(part)}`;
}

/** A paper of which nobody knows whether it came out, and the order that it is of. */
export type Doubt = { paper: PaperView; order: OrderView | null };

export class Bills {
  /** The oldest first. */
  doubts = $state.raw<Doubt[]>([]);
  /** Where this terminal's bills and drawer are; none until it is known. */
  printers = $state.raw<TillPrinters | null>(null);
  /** The last paper about each thing, as far as this screen has asked for one. */
  #papers = $state.raw<ReadonlyMap<string, PaperView>>(new Map());

  readonly #backend: Backend;
  readonly #teller: Teller;
  /** Papers that somebody waits for, as they were when they were asked for. */
  readonly #followed = new Map<string, { paper: PaperView; resolve: (paper: PaperView) => void }>();
  /** Papers that are being asked after, and whether something happened to them meanwhile. */
  readonly #looking = new Map<string, boolean>();

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#teller = new Teller(backend);
  }

  /** The last paper about an order, or about a drawer's session, that was asked for here. */
  of(about: string): PaperView | null {
    return this.#papers.get(about) ?? null;
  }

  hear(event: Event): void {
    if (event.kind === 'settings_changed') void this.readPrinters();
    if (event.kind === 'alerts_changed') void this.readDoubts();
    if (event.kind === 'paper_changed') {
      void this.readDoubts();
      if (this.#knows(event.job_id)) void this.#look(event.job_id);
    }
  }

  /** Reads everything again: something may have been missed. */
  read(): void {
    void this.readPrinters();
    void this.readDoubts();
    const shown = [...this.#papers.values()].filter((paper) => !isSettled(paper));
    for (const id of new Set([...shown.map((paper) => paper.job_id), ...this.#followed.keys()])) {
      void this.#look(id);
    }
  }

  async readPrinters(): Promise<void> {
    try {
      this.printers = await this.#backend.call('get_till_printers', {});
    } catch {
      // What was known before stays; without any, the printer is asked for.
    }
  }

  /** Reads the papers in doubt with their orders; calls that come meanwhile become one more reading. */
  readonly readDoubts = coalesced(async () => {
    try {
      const { papers } = await this.#backend.call('get_uncertain_papers', {});
      this.doubts = await Promise.all(papers.map((paper) => this.#doubt(paper)));
    } catch {
      // The connection's own sign says why; what was known before stays.
    }
  });

  /** Prints what an order comes to. */
  async print(orderId: string, printerId: string): Promise<void> {
    const paper = await this.#teller.tell('print_bill', { order_id: orderId, printer_id: printerId });
    this.#begin(orderId, paper);
  }

  /** The last paper of one part of an order's bill that was asked for here. */
  ofPart(orderId: string, part: number): PaperView | null {
    return this.of(aboutPart(orderId, part));
  }

  /** Prints one part of a divided bill; without a part, each that comes to something. */
  async printParts(orderId: string, printerId: string, part: number | null): Promise<void> {
    const request = { order_id: orderId, printer_id: printerId, part };
    const { papers } = await this.#teller.tell('print_parts', request);
    for (const one of papers) this.#begin(aboutPart(orderId, one.part), one.paper);
  }

  /** Prints what went through a drawer; without a printer, at the one beside this terminal. */
  async report(about: string, sessionId: string, printerId: string | null): Promise<void> {
    const request = { session_id: sessionId, printer_id: printerId };
    const paper = await this.#teller.tell('print_cash_report', request);
    this.#begin(about, paper);
  }

  /** Opens a drawer, and answers when its fate is known. */
  async kick(printerId: string, reason: string, by: Approval | null = null): Promise<PaperView> {
    const paper = await this.#teller.tell('kick_drawer', { printer_id: printerId, reason }, by);
    if (isSettled(paper)) return paper;
    return new Promise((resolve) => {
      this.#followed.set(paper.job_id, { paper, resolve });
      // It may have happened while the answer was on its way.
      void this.#look(paper.job_id);
    });
  }

  /** Says whether a paper came out; the core's sentence when it is too late for that. */
  async answer(jobId: string, answer: PaperAnswer): Promise<string | null> {
    try {
      await this.#teller.tell('answer_paper', { job_id: jobId, answer });
      this.doubts = this.doubts.filter((doubt) => doubt.paper.job_id !== jobId);
      if (this.#knows(jobId)) void this.#look(jobId);
      return null;
    } catch (error) {
      void this.readDoubts();
      return sentenceOf(error);
    }
  }

  #knows(jobId: string): boolean {
    if (this.#followed.has(jobId)) return true;
    return [...this.#papers.values()].some((paper) => paper.job_id === jobId);
  }

  /** Asks how far a paper is; calls that come meanwhile become one more, so that the last word counts. */
  async #look(jobId: string): Promise<void> {
    const under = this.#looking.has(jobId);
    this.#looking.set(jobId, under);
    if (under) return;
    try {
      do {
        this.#looking.set(jobId, false);
        const paper = await this.#backend.call('get_paper', { job_id: jobId });
        if (isSettled(paper)) this.#settle(paper);
        const about = [...this.#papers].find(([, known]) => known.job_id === jobId)?.[0];
        if (about !== undefined) this.#keep(about, paper);
      } while (this.#looking.get(jobId) === true);
    } catch (error) {
      // Whoever may not look hears no more; else the next event or the next connection asks again.
      const asked = this.#followed.get(jobId);
      if (asked && error instanceof CallFailed && error.code === 'not_allowed') this.#settle(asked.paper);
    } finally {
      this.#looking.delete(jobId);
    }
  }

  #settle(paper: PaperView): void {
    this.#followed.get(paper.job_id)?.resolve(paper);
    this.#followed.delete(paper.job_id);
  }

  #begin(about: string, paper: PaperView): void {
    this.#keep(about, paper);
    // What happened while the answer was on its way was said of a paper that nobody knew yet.
    if (!isSettled(paper)) void this.#look(paper.job_id);
  }

  #keep(about: string, paper: PaperView): void {
    this.#papers = new Map(this.#papers).set(about, paper);
  }

  async #doubt(paper: PaperView): Promise<Doubt> {
    if (paper.order_id === null) return { paper, order: null };
    const known = this.doubts.find((doubt) => doubt.paper.job_id === paper.job_id)?.order;
    if (known) return { paper, order: known };
    const order = this.#backend.call('get_order', { order_id: paper.order_id });
    return { paper, order: await order.catch(() => null) };
  }
}
