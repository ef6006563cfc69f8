/**
 * A bill in parts, by two people in two languages, each of whom does all of it once: two taps for equal parts, a line that some share, each part on its own
 * paper, and whole again. Whoever looks at the order sees it at once.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Hands } from '../lib/hands.js';
import { inspect } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { PAIRS } from '../lib/speak.js';
import { Stage } from '../lib/stage.js';
import { countTaps } from '../lib/taps.js';
import { says } from '../lib/words.js';

const WORDS = {
  es: {
    parts: (/** @type {number} */ count) => `Cuenta en ${count} partes`,
    each: (/** @type {string} */ share) => `${share} cada una`,
    two: 'Parte 1: 1/3 · Parte 3: 2/3',
  },
  en: {
    parts: (/** @type {number} */ count) => `Bill in ${count} parts`,
    each: (/** @type {string} */ share) => `${share} each`,
    two: 'Part 1: 1/3 · Part 3: 2/3',
  },
};

/** Whose bill it is, for whoever begins in this language. */
const TABLES = { es: '7', en: '9' };

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

for (const [mine, others] of PAIRS) {
  const words = WORDS[mine];
  const theirs = WORDS[others];

  describe(`a bill in parts, begun in ${mine}`, () => {
    const step = journey();
    /** @type {import('../lib/till.js').Till} */
    let ana;
    /** @type {import('../lib/till.js').Till} */
    let luis;

    before(async () => {
      ana = await stage.till('Ana', { language: mine, reducedMotion: 'reduce' });
      luis = await stage.till('Luis', { language: others, colorScheme: 'dark', reducedMotion: 'reduce' });
      await ana.openTable(TABLES[mine]);
      await ana.pick('Acompañamientos', '502');
      await ana.pick('Acompañamientos', '503');
      await ana.sendOrder();
    });
    after(async () => {
      for (const till of [ana, luis]) await till?.page.context().close();
    });

    /** Waits until the strip says this. @param {import('../lib/till.js').Till} till @param {string} words */
    async function strip(till, words) {
      await till.page.getByTestId('parts-strip').filter({ hasText: words }).waitFor();
    }

    /** Waits until the sheet says what so many parts pay. @param {import('../lib/till.js').Till} till @param {number} count */
    async function amounts(till, count) {
      await till.page
        .getByTestId('part-amount')
        .nth(count - 1)
        .waitFor();
      assert.equal(await till.page.getByTestId('part-amount').count(), count);
    }

    step('is two taps away, and the other till sees it', async () => {
      await luis.openTable(TABLES[mine]);
      const taps = await countTaps(ana.page);
      await ana.page.getByTestId('divide-bill').click();
      await amounts(ana, 2);
      await ana.page.getByTestId('parts-save').click();
      await strip(ana, words.parts(2));
      assert.equal(await taps(), 2);
      await strip(luis, theirs.parts(2));
      await luis.sent('Papa criolla').getByTestId('line-share').getByText(theirs.each('1/2')).waitFor();
    });

    step('is divided otherwise by somebody else, with a line that two of three share', async () => {
      await new Hands(luis).menu('parts');
      await luis.page.getByTestId('parts-count-more').click();
      await amounts(luis, 3);
      await luis.page.getByTestId('share-line').filter({ hasText: 'Papa criolla' }).click();
      for (const part of ['share-1', 'share-3']) await luis.page.getByTestId(part).click();
      await luis.page.getByTestId('share-who').filter({ hasText: '1 · 3' }).waitFor();
      await luis.page.getByTestId('share-uneven').click();
      await luis.page.getByTestId('weight-3-more').click();
      await luis.page.getByTestId('share-who').filter({ hasText: '1 × 1 · 3 × 2' }).waitFor();
      await luis.page.locator('[data-testid="part-amounts"][aria-busy="false"]').waitFor();
      await inspect(luis.page, `a bill that is divided, in ${others}`);
      await luis.page.getByTestId('parts-save').click();
      await strip(ana, words.parts(3));
      const shares = { 'Papa criolla': words.two, 'Yuca frita': words.each('1/3') };
      for (const [name, share] of Object.entries(shares)) {
        await ana.sent(name).getByTestId('line-share').getByText(share).waitFor();
      }
    });

    step('comes out part by part', async () => {
      await ana.page.getByTestId('print-part-3').click();
      const where = ana.page.getByTestId('where-sheet');
      await where.getByRole('button', { name: 'Bar' }).click();
      const { text } = await stage.core.paper('Bar', 'Parte 3 de 3', `Mesa ${TABLES[mine]}`);
      assert.ok(
        says(text, 'Papa criolla', '2/3 de', 'Yuca frita', '1/3 de', 'SU PARTE', 'Toda la cuenta'),
        text,
      );
      await ana.page.locator('[data-testid="part-paper"][data-state="printed"]').waitFor();
      await inspect(ana.page, `an order with parts, in ${mine}`);
    });

    step('is whole again, for everybody', async () => {
      await ana.page.getByTestId('parts-change').click();
      await ana.page.getByTestId('parts-join').click();
      for (const till of [ana, luis]) {
        await till.page.getByTestId('parts-strip').waitFor({ state: 'detached' });
      }
    });
  });
}
