/**
 * The restaurant of the pictures, on the same evening every time: tables at all stages, a line taken back, orders to take
 * away, a till that is open.
 */
import { FrozenClock } from '../lib/frozen.js';
import { Kitchen } from '../lib/kitchen.js';
import { Stage } from '../lib/stage.js';
import { TillPage } from '../lib/till-page.js';
import { Till } from '../lib/till.js';

/**
 * A line to order: category, code, the course it belongs to, answers to its questions as `[group, answer]`, and what is
 * typed.
 * @typedef {{
 *   at: [string, string], course?: number, answers?: Array<[string, string]>, note?: string, allergy?: string,
 * }} Wish
 */

/** @type {Array<{ table: string, covers: number, minutesAgo: number, urgent?: boolean, wishes: Wish[] }>} */
const TABLES = [
  {
    table: '4',
    covers: 2,
    minutesAgo: 34,
    wishes: [
      { at: ['Acompañamientos', '502'] },
      {
        at: ['Parrilla', '401'],
        answers: [
          ['Término de la carne', 'Término medio'],
          ['Acompañamiento', 'Ensalada'],
        ],
      },
    ],
  },
  {
    table: '7',
    covers: 3,
    minutesAgo: 19,
    wishes: [{ at: ['Entradas', '104'] }, { at: ['Entradas', '107'] }],
  },
  { table: '2', covers: 1, minutesAgo: 12, urgent: true, wishes: [{ at: ['Acompañamientos', '504'] }] },
  {
    table: '10',
    covers: 6,
    minutesAgo: 9,
    wishes: [
      { at: ['Sopas', '201'], answers: [['Porción', 'Porción completa']] },
      { at: ['Acompañamientos', '503'], course: 2 },
    ],
  },
  {
    table: '12',
    covers: 4,
    minutesAgo: 3,
    wishes: [
      { at: ['Entradas', '107'] },
      {
        at: ['Parrilla', '402'],
        answers: [
          ['Término de la carne', 'Tres cuartos'],
          ['Acompañamiento', 'Papa criolla'],
        ],
        note: 'la salsa aparte',
        allergy: 'maní',
      },
      { at: ['Cocteles y cervezas', '705'] },
    ],
  },
];
/** The line that the cashier takes back. */
const REGRETTED = { table: '7', name: 'Marranitas vallunas' };

/**
 * @param {Till} till
 * @param {Wish} wish
 */
async function choose(till, wish) {
  if (wish.course) await till.page.getByTestId(`for-course-${wish.course}`).click();
  await till.pick(...wish.at);
  if (!wish.answers) return;
  for (const [group, answer] of wish.answers) {
    await till.page.getByTestId(`group-${group}`).getByTestId(`modifier-${answer}`).click();
  }
  if (wish.note) await till.page.getByTestId('sheet-note').fill(wish.note);
  if (wish.allergy) await till.page.getByTestId('sheet-allergy').fill(wish.allergy);
  await till.page.getByTestId('sheet-done').click();
}

export class House {
  clock = new FrozenClock();

  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
  }

  /** Opens it, and lets the evening happen up to now. */
  static async open() {
    const house = new House(await Stage.open());
    try {
      await house.#evening();
      return house;
    } catch (error) {
      await house.close();
      throw error;
    }
  }

  get core() {
    return this.stage.core;
  }

  /** The version of the Chromium that draws. */
  get drawnBy() {
    return this.stage.browser.version();
  }

  /** A browser of its own that lives in the time of the pictures. @param {Parameters<Stage['context']>[0]} [options] */
  async browser(options) {
    const context = await this.stage.context({ reducedMotion: 'reduce', ...options });
    await this.clock.rule(context);
    return context;
  }

  /** @param {import('../lib/till.js').Person} who @param {Parameters<Stage['context']>[0]} [options] */
  async till(who, options) {
    return Till.open(await this.browser(options), this.core, who);
  }

  async close() {
    await this.stage.close();
  }

  async #evening() {
    this.clock.places((await this.core.printers()).map((printer) => printer.address));
    this.clock.chapter(134);
    const luisa = await this.till('Luisa');
    await this.#openTill(luisa);
    const ana = await this.till('Ana');
    for (const table of TABLES) {
      this.clock.chapter(table.minutesAgo);
      await this.#order(ana, table);
    }
    this.clock.chapter(3);
    await this.#takeAway(ana);
    await this.#takeBack(luisa);
    this.clock.chapter(2);
    await this.#cook();
    this.clock.chapter(0);
    for (const till of [ana, luisa]) await till.page.context().close();
  }

  /** @param {Till} luisa */
  async #openTill(luisa) {
    const till = await TillPage.open(luisa);
    await till.root.getByTestId('open-till').click();
    await till.count('float', { '50.000': '2', '10.000': '8', '5.000': '4' });
    await till.save('float');
    await till.isOpen(true);
    this.clock.chapter(48);
    await till.root.getByTestId('take-out').click();
    await till.amount('32000');
    await till.move.getByTestId('move-other').fill('Domicilio del hielo');
    await till.save('move');
    await till.says('out', '32.000');
  }

  /** @param {Till} till @param {(typeof TABLES)[number]} order */
  async #order(till, { table, covers, urgent, wishes }) {
    const { page } = till;
    await till.openTable(table);
    for (const wish of wishes) await choose(till, wish);
    await page.getByTestId('order-details').click();
    await page.getByTestId(`covers-${covers}`).click();
    if (urgent) await page.getByTestId('draft-urgent').click();
    await page.getByTestId('details-save').click();
    await page.getByTestId('details-sheet').waitFor({ state: 'detached' });
    await this.#send(till);
  }

  /** Sends what is in hand, and waits until all of it is on paper. @param {Till} till */
  async #send(till) {
    await till.sendOrder();
    const onPaper = ['printed', 'seen'].map((tick) => `[data-testid="tick"][data-tick="${tick}"]`).join(', ');
    const lines = till.page.locator('[data-testid="sent-line"]:not([data-held])');
    await lines.first().waitFor();
    for (const line of await lines.all()) await line.locator(onPaper).first().waitFor({ state: 'attached' });
  }

  /** @param {Till} till */
  async #takeAway(till) {
    const { page } = till;
    for (const { kind, fields, wish } of [
      {
        kind: 'delivery',
        fields: {
          phone: '+57 300 123 4567',
          customer: 'Marta Rojas',
          address: 'Carrera 7 # 12-34, apto. 502',
        },
        wish: ['Acompañamientos', '502'],
      },
      { kind: 'take_away', fields: { customer: 'Luis' }, wish: ['Entradas', '104'] },
    ]) {
      await page.getByTestId('nav-take-away').click();
      await page.getByTestId(`new-${kind}`).click();
      await page.getByTestId('order-details').click();
      for (const [field, text] of Object.entries(fields)) await page.getByTestId(field).fill(text);
      await page.getByTestId('promise-30').click();
      await page.getByTestId('details-save').click();
      await till.pick(/** @type {string} */ (wish[0]), /** @type {string} */ (wish[1]));
      await this.#send(till);
    }
  }

  /** @param {Till} cashier */
  async #takeBack(cashier) {
    await cashier.openTable(REGRETTED.table);
    await cashier.tick(REGRETTED.name, 'printed', 'seen');
    await cashier.sent(REGRETTED.name).getByRole('button').first().click();
    await cashier.page.getByTestId('void-line').click();
    await cashier.page.getByTestId('void-reason').nth(1).click();
    await cashier.page.getByTestId('confirm-void').click();
    await this.core.paper('Cocina', 'ANULACIÓN', REGRETTED.name);
  }

  /** The bar has made the cocktail of table 12. */
  async #cook() {
    const bar = await Kitchen.open(await this.browser(), this.core, 'Bar');
    const card = bar.page.locator('[data-ticket]').first();
    await card.waitFor();
    // The card goes at once; the core has heard of it a moment later.
    const heard = bar.page.waitForResponse((answer) => answer.url().endsWith('/bump_ticket') && answer.ok());
    await card.locator('[data-testid^="bump-"]').click();
    await heard;
    await card.waitFor({ state: 'detached' });
    await bar.page.context().close();
  }
}
