/**
 * What every journey in the browser needs: a core of its own, Chromium, and people with browsers of their
 * own. All of it ends with the journey, also when that fails.
 */
import { launch, person } from './browser.js';
import { Core } from './core.js';
import { Kitchen } from './kitchen.js';
import { speakFromTheStart } from './speak.js';
import { Till } from './till.js';

/**
 * How a person's browser is, and which language it speaks from the start.
 * @typedef {Parameters<typeof person>[1] & { language?: import('./speak.js').Language }} Browser
 */

export class Stage {
  /**
   * @param {Core} core
   * @param {import('playwright-core').Browser} browser
   */
  constructor(core, browser) {
    this.core = core;
    this.browser = browser;
  }

  /** @param {string} [database] Address of a database server; without it, a file. */
  static async open(database) {
    const core = await Core.start(database);
    try {
      return new Stage(core, await launch());
    } catch (error) {
      await core.stop();
      throw error;
    }
  }

  /** @param {Browser} [options] */
  async context({ language, ...rest } = {}) {
    const context = await person(this.browser, rest);
    if (language) await speakFromTheStart(context, this.core, language);
    return context;
  }

  /**
   * @param {import('./till.js').Person} who
   * @param {Browser} [options]
   */
  async till(who, options) {
    return Till.open(await this.context(options), this.core, who);
  }

  /**
   * @param {string} station
   * @param {Browser} [options]
   */
  async kitchen(station, options) {
    return Kitchen.open(await this.context(options), this.core, station);
  }

  async close() {
    await this.browser.close();
    await this.core.stop();
  }
}
