/**
 * Draws screens in one look: a language, a theme and the sizes of its windows.
 */
import { resize } from '../lib/inspect.js';
import { Till } from '../lib/till.js';

/**
 * How screens are seen: `wide` and `large` name those that are also drawn at the usual size of a till, and with the text
 * twice as large.
 * @typedef {{
 *   name: string, language: 'es' | 'en', colorScheme: 'light' | 'dark', size: { width: number, height: number },
 *   wide: string[], large: string[],
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
  },
  {
    name: 'en-1920',
    language: 'en',
    colorScheme: 'dark',
    size: { width: 1920, height: 1080 },
    wide: [],
    large: [],
  },
];

/** How often a screen is drawn until it is as it is kept: what is asked of the core comes when it comes. */
const TRIES = 12;
/** How often a screen that is to be kept has to be the same. */
const STILL = 3;
const BETWEEN_MS = 250;

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
    const context = await this.house.browser({ colorScheme, viewport: size });
    const { users } = await this.house.core.call('get_terminal', {});
    const people = ['', ...users.map((/** @type {{ id: string }} */ one) => one.id)];
    await context.addInitScript(
      ({ people: keys, language: chosen, kitchen }) => {
        for (const key of keys) localStorage.setItem(`fastops.language.${key}`, chosen);
        localStorage.setItem('fastops.theme.kitchen', kitchen);
      },
      // Where the till is light the kitchen is dark, as it comes.
      { people, language, kitchen: colorScheme === 'light' ? 'dark' : 'light' },
    );
    return context;
  }

  /** @param {import('../lib/till.js').Person} who */
  async till(who) {
    return Till.open(await this.browser(), this.house.core, who);
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
    const wrong = await this.gallery.hang(name, drawn);
    if (wrong) this.wrong.push(wrong);
  }

  /**
   * The screen as soon as it is as it is kept, or as it stays.
   * @param {string} name
   * @param {import('playwright-core').Page} page
   */
  async #still(name, page) {
    await page.evaluate(() => document.fonts.ready);
    let drawn = await page.screenshot();
    for (let tries = 0, same = 0; tries < TRIES; tries += 1) {
      if (await this.gallery.has(name, drawn)) break;
      await page.waitForTimeout(BETWEEN_MS);
      const last = drawn;
      drawn = await page.screenshot();
      same = drawn.equals(last) ? same + 1 : 0;
      if (this.gallery.accept && same === STILL) break;
    }
    return drawn;
  }
}
