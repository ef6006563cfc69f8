// What tickets come out of, as whoever manages the house sees and says it.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type {
  ChainPlace,
  DeviceView,
  Event,
  OwnedPrinter,
  PrinterOwners,
  PrintSetup,
  ProbedPrinter,
} from '../../ipc/bindings.gen';
import { coalesced } from '../../ipc/coalesced';
import { Teller, type Wish } from '../../ipc/tell';
import { isPrinter, read } from './address';

/** Every wish answers when the core has carried it out, and rejects with the core's sentence when it did not. */
export class Setup {
  view = $state.raw<PrintSetup | null>(null);
  owners = $state.raw<PrinterOwners | null>(null);
  /** Why nothing can be shown, as a sentence. */
  problem = $state<string | null>(null);

  readonly #backend: Backend;
  readonly #teller: Teller;
  /** Answers of the core so far: a reading that was begun before one came says nothing new. */
  #answers = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.#teller = new Teller(backend);
  }

  device(id: string): DeviceView | undefined {
    return this.view?.devices.find((device) => device.id === id);
  }

  /** Which computers a printer belongs to; none of what is no printer. */
  ownedOf(deviceId: string): OwnedPrinter | undefined {
    return this.owners?.printers.find((printer) => printer.printer_id === deviceId);
  }

  /** Stations that send their tickets to a device. */
  stationsOf(deviceId: string): string[] {
    const named = (place: ChainPlace) => place !== 'sender' && place.device === deviceId;
    return this.view?.chains.flatMap((chain) => (chain.tiers.flat().some(named) ? chain.station : [])) ?? [];
  }

  hear(event: Event): void {
    if (event.kind === 'settings_changed') void this.read();
  }

  /** Reads everything; calls that come meanwhile become one more reading. */
  readonly read = coalesced(() => this.#readOnce());

  async save(wish: Wish<'save_device'>): Promise<void> {
    await this.#tell('save_device', wish);
    // A new printer has owners to be named too.
    void this.read();
  }

  /**
   * Asks a printer how it confirms, without paper, and keeps what it says. None when it cannot say now: a ticket may be
   * in its hands, and then it is as it was.
   */
  async learnProof(device: DeviceView): Promise<ProbedPrinter | null> {
    const form = read(device.address);
    if (form === null || !isPrinter(form.kind)) return null;
    const probed = await this.#probe(device.address);
    if (!probed?.answered || probed.proof === null || probed.problem !== null) return null;
    if (probed.proof !== device.profile.proof) {
      const profile = { ...device.profile, proof: probed.proof };
      await this.save({ device_id: device.id, name: device.name, address: device.address, profile });
    }
    return probed;
  }

  async remove(deviceId: string): Promise<void> {
    await this.#tell('remove_device', { device_id: deviceId });
  }

  async saveStation(wish: Wish<'save_station'>): Promise<void> {
    await this.#tell('save_station', wish);
  }

  async orderStations(stationIds: string[]): Promise<void> {
    await this.#tell('order_stations', { station_ids: stationIds });
  }

  /** `successorId`: the station that makes what it made. */
  async closeStation(stationId: string, successorId: string | null): Promise<void> {
    await this.#tell('close_station', { station_id: stationId, successor_id: successorId });
  }

  async setChain(stationId: string, tiers: ChainPlace[][]): Promise<void> {
    await this.#tell('set_station_chain', { station_id: stationId, tiers });
  }

  async setBeside(terminalId: string, printerId: string | null): Promise<void> {
    await this.#tell('set_terminal_printer', { terminal_id: terminalId, printer_id: printerId });
  }

  async setMail(wish: Wish<'set_mail_server'>): Promise<void> {
    await this.#tell('set_mail_server', wish);
  }

  /** The row of a test page that reads right: its printer writes so from then on. */
  async choosePage(jobId: string, row: number): Promise<void> {
    await this.#tell('choose_page_row', { job_id: jobId, row });
  }

  async setOwners(printerId: string, computerIds: string[]): Promise<void> {
    const wish = { printer_id: printerId, computer_ids: computerIds };
    this.owners = await this.#teller.tell('set_printer_owners', wish);
    this.#answers += 1;
  }

  async #readOnce(): Promise<void> {
    try {
      const before = this.#answers;
      const [view, owners] = await Promise.all([
        this.#backend.call('get_print_setup', {}),
        this.#backend.call('get_printer_owners', {}),
      ]);
      if (before === this.#answers) [this.view, this.owners] = [view, owners];
      else void this.read();
      this.problem = null;
    } catch (error) {
      this.problem = this.view === null ? sentenceOf(error) : null;
    }
  }

  async #probe(address: string): Promise<ProbedPrinter | null> {
    try {
      return await this.#backend.call('probe_printer', { address });
    } catch {
      return null;
    }
  }

  async #tell<N extends Telling>(name: N, wish: Wish<N>): Promise<void> {
    this.view = await this.#teller.tell(name, wish);
    this.#answers += 1;
  }
}

/** Commands that answer with everything as it is then. */
type Telling =
  | 'save_device'
  | 'remove_device'
  | 'set_station_chain'
  | 'save_station'
  | 'order_stations'
  | 'close_station'
  | 'set_terminal_printer'
  | 'set_mail_server'
  | 'choose_page_row';
