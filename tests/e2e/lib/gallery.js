/**
 * The pictures that are kept of the screens, and what a screen of today is held against. Two programs that draw the
 * same letters smooth their edges differently: that is no difference, nor is a share of the pixels that no person sees.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { documentationPictures, outFolder } from './paths.js';

/** Distance of two colours that counts as another colour, from 0 to 1. */
const COLOUR = 0.1;
/** Share of the pixels that may be of another colour. */
const SHARE = 0.000_5;
/** The same where another generation of Chromium draws than the one that drew what is kept: its letters are its own. */
const STRANGERS_SHARE = 0.02;
/** In the folder of pictures: which generation drew them. */
const DRAWN_BY = 'chromium.txt';
/** The smallest file for flat surfaces and letters. */
const SMALL = { deflateLevel: 9, deflateStrategy: 0, filterType: 0, colorType: /** @type {const} */ (2) };

export const HOW_TO_ACCEPT = 'UPDATE_SCREENSHOTS=1 cargo xtask test --only e2e-pictures';

/** @param {PNG} picture */
function file(picture) {
  return PNG.sync.write(picture, SMALL);
}

export class Gallery {
  /** @param {{ accept: boolean }} options Whether what is drawn today is what is kept from now on. */
  constructor({ accept }) {
    this.accept = accept;
    /** What is kept from now on and was not as it is. @type {string[]} */
    this.changed = [];
    this.share = SHARE;
  }

  /**
   * Says which Chromium draws today; answers a sentence when that is another generation than the one of what is kept.
   * @param {string} version Such as 156.0.8078.108.
   * @returns {Promise<string | null>}
   */
  async meet(version) {
    const [today = ''] = version.split('.');
    const note = path.join(await documentationPictures(), DRAWN_BY);
    if (this.accept) {
      await writeFile(note, `${today}\n`);
      return null;
    }
    const kept = (await readFile(note, 'utf8').catch(() => '')).trim();
    if (kept === today) return null;
    this.share = STRANGERS_SHARE;
    return `Chromium ${kept || '?'} drew the kept pictures and ${today} draws today: only large differences count`;
  }

  /** Whether a picture is as it is kept. @param {string} name @param {Buffer} drawn */
  async has(name, drawn) {
    return (await this.#judge(name, PNG.sync.read(drawn))) === null;
  }

  /**
   * Holds a picture against the one that is kept.
   * @param {string} name Path below the folder of pictures, without its ending.
   * @param {Buffer} drawn
   * @returns {Promise<string | null>} What is wrong with it.
   */
  async hang(name, drawn) {
    const actual = PNG.sync.read(drawn);
    const found = await this.#judge(name, actual);
    if (found === null) return null;
    if (!this.accept) return `${name}: ${found.says}. ${await this.#leave(name, actual, found)}`;
    const kept = await this.#place(name);
    await mkdir(path.dirname(kept), { recursive: true });
    await writeFile(kept, file(actual));
    this.changed.push(name);
    return null;
  }

  /** @param {string} name */
  async #place(name) {
    return path.join(await documentationPictures(), `${name}.png`);
  }

  /** @param {string} name @param {PNG} actual */
  async #judge(name, actual) {
    const bytes = await readFile(await this.#place(name)).catch(() => null);
    if (bytes === null) return { says: 'no picture of it is kept', expected: null, diff: null };
    return this.#compare(PNG.sync.read(bytes), actual);
  }

  /** @param {PNG} expected @param {PNG} actual */
  #compare(expected, actual) {
    const { width, height } = expected;
    if (width !== actual.width || height !== actual.height) {
      return {
        says: `it is ${actual.width} × ${actual.height}, not ${width} × ${height}`,
        expected,
        diff: null,
      };
    }
    const diff = new PNG({ width, height });
    const other = pixelmatch(expected.data, actual.data, diff.data, width, height, { threshold: COLOUR });
    if (other <= width * height * this.share) return null;
    return { says: `${other} of ${width * height} pixels are of another colour`, expected, diff };
  }

  /**
   * Leaves for a person what was compared.
   * @param {string} name
   * @param {PNG} actual
   * @param {{ expected: PNG | null, diff: PNG | null }} found
   */
  async #leave(name, actual, { expected, diff }) {
    const folder = path.join(await outFolder(), 'pictures', name);
    await mkdir(folder, { recursive: true });
    for (const [kind, picture] of Object.entries({ expected, actual, diff })) {
      if (picture) await writeFile(path.join(folder, `${kind}.png`), file(picture));
    }
    return `See ${folder}`;
  }
}
