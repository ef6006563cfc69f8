/**
 * A printer of the house's own on the loopback, as a person finds it on the network: another program, that can be
 * switched off in the middle of a paper and on again.
 */
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Child } from './child.js';
import { cliProgram, freePort, temporaryFolder } from './paths.js';
import { until } from './until.js';
import { says } from './words.js';

export class PrinterSim {
  /** @type {Child | undefined} */
  #child;
  #paper = '';

  /**
   * @param {{ folder: string, remove: () => Promise<void> }} data
   * @param {string} host
   * @param {number} port
   */
  constructor(data, host, port) {
    this.data = data;
    this.host = host;
    this.port = port;
  }

  /** @param {string} [speed] Millimetres of paper a second. */
  static async start(speed) {
    const printer = new PrinterSim(await temporaryFolder(), '127.0.0.1', await freePort());
    await printer.switchOn(speed);
    return printer;
  }

  /** At the port that printers listen on, where a search finds it. @param {string} host Of the loopback range. */
  static async findable(host) {
    const printer = new PrinterSim(await temporaryFolder(), host, 9100);
    await printer.switchOn();
    return printer;
  }

  get address() {
    return `tcp://${this.host}:${this.port}`;
  }

  /**
   * Switches it on where it was, with an empty tray.
   * @param {string} [speed]
   */
  async switchOn(speed = '150') {
    this.#paper = await mkdtemp(path.join(this.data.folder, 'paper-'));
    const args = ['printer-sim', '--listen', `${this.host}:${this.port}`, '--paper', this.#paper];
    this.#child = new Child(cliProgram(), [...args, '--speed', speed, '--json']);
    await this.#child.firstLine((text) => text.startsWith('{'));
  }

  /** Pulls its plug. */
  async switchOff() {
    await this.#child?.stop('SIGKILL');
  }

  /** What is on its paper since it was switched on, a text for each. */
  async slips() {
    const names = (await readdir(this.#paper)).filter((name) => name.endsWith('.txt')).sort();
    return Promise.all(names.map((name) => readFile(path.join(this.#paper, name), 'utf8')));
  }

  /** Waits for a paper that says all these words. @param {string[]} words */
  async paper(...words) {
    return until(`the paper says ${words.join(' · ')}`, async () => {
      const slips = await this.slips();
      const found = slips.find((text) => says(text, ...words));
      if (!found) throw new Error(`it says:\n${slips.join('\n— — —\n')}`);
      return found;
    });
  }

  async stop() {
    await this.switchOff();
    await this.data.remove();
  }
}
