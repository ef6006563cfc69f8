/**
 * Draws screens in one look: a language, a theme and the sizes of its windows.
 */
import { told } from '../lib/crowd.js';
import { accessibilityFindings, resize } from '../lib/inspect.js';
import { Till } from '../lib/till.js';
import { hush } from '../lib/toasts.js';

/**
 * How screens are seen: `wide` and `large` name those that are also drawn at the usual size of a till, and with the text
 * twice as large. In a look that is not of all tours only those are made whose screens are another matter there.
 * @typedef {{
 *   name: string, language: 'es' | 'en', colorScheme: 'light' | 'dark', size: { width: number, height: number },
 *   wide: string[], large: string[], tours: 'all' | 'short' | 'tablet',
 * }} Look
 */

const USUAL = { width: 1366, height: 768 };

/** @type {Look[]} */
export const LOOKS = [
  {
    name: 'es-1024',
    language: 'es',
    colorScheme: 'light',
    size: { width: 1024, height: 768 },
    wide: ['floor', 'order', 'kitchen', 'queue'],
    large: ['order', 'take-away', 'printers'],
    tours: 'all',
  },
  {
    name: 'en-1920',
    language: 'en',
    colorScheme: 'dark',
    size: { width: 1920, height: 1080 },
    wide: [],
    large: [],
    tours: 'short',
  },
  // A tablet of 10 inches, held either way.
  {
    name: 'es-1280',
    language: 'es',
    colorScheme: 'light',
    size: { width: 1280, height: 800 },
    wide: [],
    large: [],
    tours: 'tablet',
  },
  {
    name: 'en-800',
    language: 'en',
    colorScheme: 'dark',
    size: { width: 800, height: 1280 },
    wide: [],
    large: [],
    tours: 'tablet',
  },
];

/** How often a screen is drawn until it is as it is kept: what is asked of the core comes when it comes. */
const TRIES = 25;
/** How often a screen that is to be kept has to be the same. */
const STILL = 10;
const BETWEEN_MS = 120;
/** What a page waits for longer than this it gets sooner where nothing comes any more. */
const PATIENCE_MS = 2_000;

export class Artist {
  /** What is wrong with the pictures, one sentence each. @type {string[]} */
  wrong = [];

  /**
   * @param {import('./house.js').House} house
   * @param {import('../lib/gallery.js').Gallery} gallery
   * @param {Look} look
   */
  constructor(house, gallery, look) {
    this.house = house;
    this.gallery = gallery;
    this.look = look;
  }

  /** A browser of its own in this look. */
  async browser() {
    const { colorScheme, language, size } = this.look;
    const context = await this.house.browser({ colorScheme, language, viewport: size });
    await context.addInitScript(
      (kitchen) => localStorage.setItem('fastops.theme.kitchen', kitchen),
      // Where the till is light the kitchen is dark, as it comes.
      colorScheme === 'light' ? 'dark' : 'light',
    );
    return context;
  }

  /** @param {import('../lib/till.js').Person} who */
  async till(who) {
    return Till.open(await this.browser(), this.house.core, who);
  }

  /**
   * Has a page be told something else than what the core says.
   * @param {import('playwright-core').Page} page
   * @param {string} command
   * @param {(answer: any, request: any) => void} change Changes the answer in place.
   */
  async told(page, command, change) {
    await told(page, command, change, (text) => this.house.clock.retell(text));
  }

  /**
   * Has a page hear nothing any more, and say so without the time that this takes.
   * @param {import('playwright-core').Page} page
   */
  async deafen(page) {
    await page.routeWebSocket(/\/api\/v1\/events/, (socket) => socket.close());
    await page.addInitScript((longest) => {
      const wait = window.setTimeout.bind(window);
      /** @type {(then: TimerHandler, ms?: number, ...rest: unknown[]) => number} */
      const impatient = (then, ms = 0, ...rest) => wait(then, ms > longest ? longest / 10 : ms, ...rest);
      Object.assign(window, { setTimeout: impatient });
    }, PATIENCE_MS);
    await page.reload();
  }

  /** Takes away what was said in passing. @param {import('playwright-core').Page} page */
  async hush(page) {
    await page.getByTestId('toast').first().waitFor();
    await hush(page);
  }

  /**
   * Draws a screen, in all the sizes that are kept of it.
   * @param {string} name
   * @param {import('playwright-core').Page} page
   */
  async draw(name, page) {
    const { look } = this;
    await page.mouse.move(0, 0);
    await this.#one(`${look.name}/${name}`, page);
    const findings = await accessibilityFindings(page);
    this.wrong.push(...findings.map((finding) => `${look.name}/${name}: ${finding}`));
    if (look.wide.includes(name)) {
      await resize(page, USUAL);
      await this.#one(`${look.language}-1366/${name}`, page);
    }
    if (look.large.includes(name)) {
      await this.#text(page, '200%');
      await resize(page, USUAL);
      await this.#one(`${look.language}-large-text/${name}`, page);
      await this.#text(page, '');
    }
    await resize(page, look.size);
  }

  /** @param {import('playwright-core').Page} page @param {string} size */
  async #text(page, size) {
    await page.evaluate((wanted) => {
      document.documentElement.style.fontSize = wanted;
    }, size);
  }

  /** @param {string} name @param {import('playwright-core').Page} page */
  async #one(name, page) {
    const drawn = await this.#still(name, page);
    if (drawn === null) return;
    const wrong = await this.gallery.hang(name, drawn);
    if (wrong) this.wrong.push(wrong);
  }

  /**
   * The screen as it stays; nothing as soon as it is as it is kept.
   * @param {string} name
   * @param {import('playwright-core').Page} page
   */
  async #still(name, page) {
    await page.evaluate(() => document.fonts.ready);
    let drawn = await page.screenshot();
    for (let tries = 0, same = 0; tries < TRIES; tries += 1) {
      if (await this.gallery.has(name, drawn)) return null;
      await page.waitForTimeout(BETWEEN_MS);
      const last = drawn;
      drawn = await page.screenshot();
      same = drawn.equals(last) ? same + 1 : 0;
      if (this.gallery.accept && same === STILL) break;
    }
    return drawn;
  }
}
