/**
 * The core under test: `fastops-cli serve` on a data folder of its own, and a client that asks it what
 * the screens cannot be trusted to say about themselves, above all what is on the simulated paper.
 */
import path from 'node:path';
import { Child } from './child.js';
import { cliProgram, freePort, temporaryFolder, uiFolder } from './paths.js';
import { until } from './until.js';
import { says } from './words.js';

/**
 * @typedef {{ number: number, at_ms: number, text: string }} Slip
 * @typedef {{ name: string, address: string, condition: string, slips: Slip[] }} Printer
 */

/** A running core; restartable on the same data and the same address. */
export class Core {
  /** @type {Child | undefined} */
  #child;
  /** Host and port, once chosen; a restart listens there again. */
  #listen = '';
  #url = '';
  #folder;
  #token = '';

  /**
   * @param {{ folder: string, remove: () => Promise<void> }} data
   * @param {string} [database] Address of a database server; without it, a file in the folder.
   * @param {boolean} [demo] Whether it plays the printers of the demonstration itself.
   */
  constructor(data, database, demo = true) {
    this.data = data;
    this.database = database;
    this.demo = demo;
    this.#folder = path.join(data.folder, 'data');
  }

  /**
   * Starts a core on an empty data folder of the demonstration.
   * @param {string} [database]
   */
  static async start(database) {
    const core = new Core(await temporaryFolder(), database);
    await core.resume();
    return core;
  }

  /** Starts the program on the data that is there. */
  async resume() {
    this.#listen ||= `127.0.0.1:${await freePort()}`;
    const args = ['serve', '--data', this.folder, '--listen', this.#listen];
    if (this.database) args.push('--database', this.database);
    if (this.demo) args.push('--demo');
    this.#child = new Child(cliProgram(), [...args, '--ui', uiFolder(), '--json']);
    const line = await this.#child.firstLine((text) => text.startsWith('{'));
    /** @type {{ url: string, token: string }} */
    const ready = JSON.parse(line);
    this.#url = ready.url;
    this.#token = ready.token;
  }

  /** Where the till is. */
  get url() {
    return this.#url;
  }

  /**
   * The same address on another page.
   * @param {string} route
   */
  page(route) {
    const url = new URL(this.#url);
    url.pathname = route;
    return url.href;
  }

  /** The folder of the data. */
  get folder() {
    return this.#folder;
  }

  /**
   * Goes on with the data in another folder.
   * @param {string} folder
   */
  move(folder) {
    this.#folder = folder;
  }

  /** Closes the program in order; the data stays. */
  async leave() {
    await this.#child?.stop();
  }

  /** Pulls the plug. */
  async cut() {
    await this.#child?.stop('SIGKILL');
  }

  async stop() {
    await this.#child?.stop();
    await this.data.remove();
  }

  /** The process of the program that runs. */
  get pid() {
    return this.#child?.pid;
  }

  /**
   * Carries out a command of the HTTP host.
   * @param {string} command
   * @param {unknown} request
   * @param {string} [session]
   * @returns {Promise<any>}
   */
  async call(command, request, session) {
    const answer = await fetch(new URL(`/api/v1/${command}`, this.#url), {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${this.#token}`,
        'Content-Type': 'application/json',
        'Accept-Language': 'es',
        ...(session ? { 'FastOps-Session': session } : {}),
      },
      body: JSON.stringify(request),
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(`${command} was refused: ${body.message}`);
    return body;
  }

  /** @returns {Promise<Printer[]>} */
  async printers() {
    return this.call('list_demo_printers', {});
  }

  /**
   * The simulated printer whose name begins like this.
   * @param {string} name
   */
  async printer(name) {
    const printers = await this.printers();
    const found = printers.find((printer) => printer.name.toLowerCase().startsWith(name.toLowerCase()));
    if (!found) throw new Error(`no printer is called ${name}: ${printers.map((p) => p.name).join(', ')}`);
    return found;
  }

  /**
   * Waits for a slip that holds all these words, and returns it.
   * @param {string} printer
   * @param {string[]} words
   */
  async paper(printer, ...words) {
    return until(`the paper of ${printer} says ${words.join(' · ')}`, async () => {
      const { slips } = await this.printer(printer);
      const found = slips.find((slip) => says(slip.text, ...words));
      if (!found) throw new Error(`it says:\n${slips.map((slip) => slip.text).join('\n— — —\n')}`);
      return found;
    });
  }

  /**
   * The slips of a printer that hold all these words.
   * @param {string} printer
   * @param {string[]} words
   */
  async slips(printer, ...words) {
    const { slips } = await this.printer(printer);
    return slips.filter((slip) => says(slip.text, ...words));
  }

  /**
   * Puts a simulated printer in a state.
   * @param {string} name
   * @param {string} condition
   */
  async setCondition(name, condition) {
    const printer = await this.printer(name);
    await this.call('set_demo_condition', { printer: printer.name, condition });
  }

  /**
   * The picture of a slip, as PNG bytes.
   * @param {string} printer
   * @param {number} number
   */
  async slipPicture(printer, number) {
    const { png_data_url } = await this.call('get_demo_slip', { printer, number });
    return Buffer.from(png_data_url.slice(png_data_url.indexOf(',') + 1), 'base64');
  }
}
