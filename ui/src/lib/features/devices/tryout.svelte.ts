// A printer on its way into use: asked what it is, saved, tried out on paper, read by a person, given to stations.
// Whatever is answered is kept at once, so that leaving loses nothing.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type {
  DeviceView,
  Event,
  FoundPrinter,
  PaperView,
  PrinterModel,
  ProbedPrinter,
  TestPageView,
} from '../../ipc/bindings.gen';
import { newId } from '../../ipc/ids';
import { Teller } from '../../ipc/tell';
import { freshName } from './finder.svelte';
import { USUAL } from './model';
import type { Setup } from './setup.svelte';

export type Step = 'find' | 'ask' | 'page' | 'stations';

export class Tryout {
  step = $state<Step>('find');
  /** The one that was chosen of those found; none when a device is tried out that was there before. */
  found = $state.raw<FoundPrinter | null>(null);
  probed = $state.raw<ProbedPrinter | null>(null);
  deviceId = $state<string | null>(null);
  page = $state.raw<TestPageView | null>(null);
  /** The model whose rows are on the page; none for those that are common. */
  model = $state<string | null>(null);
  busy = $state(false);
  /** What was refused, as a sentence. */
  problem = $state<string | null>(null);

  readonly #backend: Backend;
  readonly #setup: Setup;
  readonly #teller: Teller;
  /** The id that a new printer gets, so that saving it twice makes one. */
  readonly #ids = new Map<string, string>();
  /** Whoever goes back is not led on by an answer that comes later. */
  #turn = 0;

  constructor(backend: Backend, setup: Setup) {
    this.#backend = backend;
    this.#teller = new Teller(backend);
    this.#setup = setup;
  }

  get device(): DeviceView | undefined {
    return this.deviceId === null ? undefined : this.#setup.device(this.deviceId);
  }

  /** Sets up one of those found. One that is there already may have a ticket in hand, and is not asked. */
  async take(found: FoundPrinter): Promise<void> {
    if (this.busy) return;
    if (found.device_id !== null) {
      this.#begin(found.device_id);
      await this.print(null);
      return;
    }
    this.found = found;
    await this.ask();
  }

  /** Asks it what it is; when nothing keeps it from printing, it is saved and prints. */
  async ask(): Promise<void> {
    const { found } = this;
    if (found === null || this.busy) return;
    this.step = 'ask';
    this.probed = null;
    await this.#do(async (mine) => {
      const probed = await this.#backend.call('probe_printer', { address: found.address });
      if (!mine()) return;
      this.probed = probed;
      if (probed.problem === null) await this.#use(found, probed, mine);
    });
  }

  /** Saves it although something keeps it from printing now. */
  async anyway(): Promise<void> {
    const { found, probed } = this;
    if (found === null || probed === null) return;
    await this.#do((mine) => this.#use(found, probed, mine));
  }

  /** Asks a device that is there how it confirms, and prints its test page. */
  async tryOut(deviceId: string): Promise<void> {
    this.#begin(deviceId);
    await this.#do(async (mine) => {
      const { device } = this;
      const probed = device ? await this.#setup.learnProof(device) : null;
      if (!mine()) return;
      this.probed = probed;
      await this.#print(deviceId, null, mine);
    });
  }

  /** Prints the page with the rows of a model, or with those that are common. */
  async print(model: string | null): Promise<void> {
    const id = this.deviceId;
    if (id !== null) await this.#do((mine) => this.#print(id, model, mine));
  }

  /** Writes for this model from now on, and prints its rows. */
  async useModel(model: PrinterModel): Promise<void> {
    const { device } = this;
    if (!device) return;
    await this.#do(async (mine) => {
      const profile = { ...model.profile, proof: device.profile.proof };
      await this.#setup.save({ device_id: device.id, name: device.name, address: device.address, profile });
      if (mine()) await this.#print(device.id, model.key, mine);
    });
  }

  /** The row that reads right; it counts, and the stations are next. */
  async choose(row: number): Promise<void> {
    const jobId = this.page?.paper.job_id;
    if (jobId === undefined) return;
    await this.#do(async (mine) => {
      await this.#setup.choosePage(jobId, row);
      if (mine()) this.step = 'stations';
    });
  }

  /** Shows which stations a device prints for. */
  assign(deviceId: string): void {
    this.deviceId = deviceId;
    this.step = 'stations';
  }

  skip(): void {
    this.#turn += 1;
    this.busy = false;
    this.problem = null;
    this.step = 'stations';
  }

  /** Back to those that were found. What was saved meanwhile is saved. */
  back(): void {
    this.#turn += 1;
    this.busy = false;
    this.problem = null;
    this.found = null;
    this.probed = null;
    this.step = 'find';
  }

  /** Another name; the core's sentence when it is refused. */
  async rename(name: string): Promise<string | null> {
    const { device } = this;
    if (!device || name.trim() === device.name) return null;
    try {
      await this.#setup.save({ device_id: device.id, name, address: device.address, profile: null });
      return null;
    } catch (error) {
      return sentenceOf(error);
    }
  }

  hear(event: Event): void {
    const paper = this.page?.paper;
    if (!paper) return;
    const about = event.kind === 'paper_changed' && event.job_id === paper.job_id;
    if (about || (event.kind === 'heartbeat' && isUnderWay(paper))) void this.follow();
  }

  /** Asks how far the page is. */
  async follow(): Promise<void> {
    const jobId = this.page?.paper.job_id;
    if (jobId === undefined) return;
    try {
      const paper = await this.#backend.call('get_paper', { job_id: jobId });
      if (this.page?.paper.job_id === jobId) this.page = { ...this.page, paper };
    } catch {
      // The rows can be chosen without it; the next event asks again.
    }
  }

  #begin(deviceId: string): void {
    this.deviceId = deviceId;
    this.step = 'page';
    this.page = null;
    this.probed = null;
  }

  async #use(found: FoundPrinter, probed: ProbedPrinter, mine: () => boolean): Promise<void> {
    const id = probed.device_id ?? (await this.#save(found, probed));
    if (!mine()) return;
    this.deviceId = id;
    await this.#print(id, probed.model ?? found.model, mine);
  }

  async #save(found: FoundPrinter, probed: ProbedPrinter): Promise<string> {
    const id = this.#ids.get(found.address) ?? newId();
    this.#ids.set(found.address, id);
    const others = this.#setup.view?.devices.filter((device) => device.id !== id) ?? [];
    const name = freshName(
      found.name,
      others.map((device) => device.name),
    );
    // What kept it from answering kept it from saying how it confirms: then it is as most are, until it is asked again.
    const asMost = found.profile && { ...found.profile, proof: USUAL.proof };
    const profile = probed.proof === null ? asMost : probed.profile;
    await this.#setup.save({ device_id: id, name, address: found.address, profile });
    return id;
  }

  async #print(id: string, model: string | null, mine: () => boolean): Promise<void> {
    const wish = { printer_id: id, candidates: true, model };
    const page = await this.#teller.tell('print_test_page', wish);
    if (!mine()) return;
    this.page = page;
    this.model = model;
    this.step = 'page';
    // It may have changed before anybody listened.
    void this.follow();
  }

  async #do(run: (mine: () => boolean) => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.#turn += 1;
    const turn = this.#turn;
    const mine = () => turn === this.#turn;
    this.busy = true;
    this.problem = null;
    try {
      await run(mine);
    } catch (error) {
      if (mine()) this.problem = sentenceOf(error);
    } finally {
      if (mine()) this.busy = false;
    }
  }
}

/** Something may still happen to it by itself. */
export function isUnderWay({ state }: PaperView): boolean {
  return state === 'queued' || state === 'sending' || state === 'sent' || state === 'blocked';
}

/** Pages of letters that have the euro; those without it leave it out of their row. */
const WITH_EURO: ReadonlySet<string> = new Set(['cp858', 'windows1252', 'latin9']);

/** The signs of a row of the test page as they look when it reads right. */
export function signsOf(codePage: string): string {
  return WITH_EURO.has(codePage) ? 'ñ Ñ á € ¿ ¡' : 'ñ Ñ á ¿ ¡';
}
