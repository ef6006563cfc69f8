/**
 * Courses and seats: what is held is on the order and on the kitchen's screen, apart, and on no paper; fired from the
 * order or from the tables it comes out once. A guest's things go on a bill of their own.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Hands } from '../lib/hands.js';
import { inspect } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { Stage } from '../lib/stage.js';
import { countTaps, hold, tap } from '../lib/taps.js';
import { until } from '../lib/until.js';
import { says } from '../lib/words.js';

/** @type {[string, string]} */
const POTATO = ['Acompañamientos', '502'];
/** @type {[string, string]} */
const YUCA = ['Acompañamientos', '503'];

const WORDS = {
  es: { held: 'Retenido', fired: 'Marchado', second: '2.º tiempo', seat: 'Asiento 2' },
  en: { held: 'Held', fired: 'Fired', second: '2nd course', seat: 'Seat 2' },
};

for (const language of /** @type {const} */ (['es', 'en'])) {
  const words = WORDS[language];

  describe(`courses and seats, in ${language}`, () => {
    const step = journey();
    /** @type {Stage} */
    let stage;
    /** @type {import('../lib/till.js').Till} */
    let ana;
    /** @type {Hands} */
    let hands;
    /** @type {import('../lib/kitchen.js').Kitchen} */
    let cook;

    /** @param {import('playwright-core').Page} page @param {string} menu */
    async function speak(page, menu) {
      await page.getByTestId(menu).click();
      await page.getByTestId(`language-${language}`).click();
      await page.getByTestId('close-sheet').click();
    }

    /** Papers of the kitchen that tell of these words. @param {...string} told */
    const papers = async (...told) => (await stage.core.slips('Cocina', ...told)).length;

    before(async () => {
      stage = await Stage.open();
      const theme = language === 'es' ? 'light' : 'dark';
      ana = await stage.till('Ana', { colorScheme: theme, reducedMotion: 'reduce' });
      hands = new Hands(ana);
      cook = await stage.kitchen('Cocina', { reducedMotion: 'reduce' });
      await speak(ana.page, 'user-menu');
      await speak(cook.page, 'kitchen-menu');
    });
    after(() => stage?.close());

    step('a second course is typed with one tap more, and waits', async () => {
      await ana.openTable('3');
      await ana.page.getByTestId('order-details').click();
      await ana.page.getByTestId('covers-2').click();
      await ana.page.getByTestId('details-save').click();
      await ana.pick(...POTATO);
      const taps = await countTaps(ana.page);
      await ana.page.getByTestId('for-course-2').click();
      await ana.page.getByTestId('product-503').click();
      assert.equal(await taps(), 2);
      const course = ana.page.getByTestId('hold-course-2');
      assert.equal(await course.getAttribute('aria-checked'), 'true');
      assert.ok(says(await ana.cart.last().innerText(), words.held), await ana.cart.last().innerText());
      await inspect(ana.page, `two courses being typed, in ${language}`);
      await ana.sendOrder();
      await ana.tick('Papa criolla', 'printed', 'seen');
      const head = await ana.page.getByTestId('course-2').innerText();
      assert.ok(says(head, words.second, words.held), head);
      await ana.page.locator('[data-testid="sent-line"][data-held]').filter({ hasText: 'Yuca' }).waitFor();
      await inspect(ana.page, `a course that is held, in ${language}`);
    });

    step('the kitchen sees it apart, and on no paper', async () => {
      const strip = cook.page.getByTestId('held-strip');
      await strip.waitFor();
      const told = await strip.innerText();
      assert.ok(says(told, words.held, 'Yuca'), told);
      assert.equal(await papers('Yuca'), 0);
      await inspect(cook.page, `the kitchen with something held, in ${language}`);
      await cook.page.keyboard.press('s');
      assert.ok(!says(await cook.page.getByTestId('sums-list').innerText(), 'Yuca'));
      await cook.page.keyboard.press('Escape');
    });

    step('fired from the order it comes out once, with its course', async () => {
      await ana.page.getByTestId('fire-2').click();
      const { text } = await stage.core.paper('Cocina', 'TIEMPO 2', 'Yuca');
      assert.ok(!says(text, 'Papa criolla') && !says(text, 'CAMBIO'), text);
      await ana.page.locator('[data-testid="course-2"]:not(:has([data-testid="fire-2"]))').waitFor();
      const head = await ana.page.getByTestId('course-2').innerText();
      assert.ok(says(head, words.fired), head);
      await cook.page.getByTestId('fired').waitFor();
      await cook.page.getByTestId('held-strip').waitFor({ state: 'detached' });
      await ana.tick('Yuca', 'printed', 'seen');
      assert.equal(await papers('Yuca'), 1);
    });

    step('a table that is held down fires its next course, in two presses', async () => {
      await ana.page.getByTestId('for-course-3').click();
      await ana.pick(...POTATO);
      await ana.sendOrder();
      await ana.page.getByTestId('fire-3').waitFor();
      const number = await hands.number();
      await hands.toTables();
      const sheet = ana.page.getByTestId('table-sheet');
      await hands.table('3').locator('.held').waitFor();
      const taps = await countTaps(ana.page);
      await hold(ana.page, hands.table('3'), sheet);
      await inspect(ana.page, `what can be done with a table, in ${language}`);
      await ana.page.getByTestId(`table-fire-${number}`).click();
      await stage.core.paper('Cocina', 'TIEMPO 3', 'Papa criolla');
      assert.equal(await taps(), 2);
      await ana.page.getByTestId(`table-fire-${number}`).waitFor({ state: 'detached' });
      await ana.page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'detached' });
      await hands.table('3').locator('.held').waitFor({ state: 'detached' });
      // The press is over, wherever it ended: a hand that goes on over the tables drags nothing.
      await hands.table('5').hover();
      await hands.table('6').hover();
      assert.equal(await ana.page.getByTestId('drag-ghost').count(), 0);
    });

    step('keys choose the course and fire the next', async () => {
      await ana.openTable('5');
      await ana.page.keyboard.press('.');
      await ana.page.locator('[data-testid="for-course-2"][aria-pressed="true"]').waitFor();
      await ana.pick(...YUCA);
      await ana.sendOrder();
      await ana.page.getByTestId('fire-2').waitFor();
      const before = await papers('TIEMPO 2', 'Yuca');
      await ana.page.locator('body').press('!');
      await ana.page.locator('[data-testid="course-2"]:not(:has([data-testid="fire-2"]))').waitFor();
      await ana.tick('Yuca', 'printed', 'seen');
      await until('it is on one more paper', async () => (await papers('TIEMPO 2', 'Yuca')) === before + 1);
    });

    step(
      'a guest has a bill of their own in five taps from the tables, two of them on the sheet',
      async () => {
        await ana.openTable('9');
        await ana.page.getByTestId('order-details').click();
        await ana.page.getByTestId('covers-3').click();
        await ana.page.getByTestId('details-save').click();
        await ana.pick(...POTATO);
        await ana.page.getByTestId('for-seat-2').click();
        await ana.page.getByTestId('product-503').click();
        assert.ok(says(await ana.cart.last().innerText(), words.seat), await ana.cart.last().innerText());
        await ana.sendOrder();
        await stage.core.paper('Cocina', 'Yuca', 'Asiento 2');
        await hands.toTables();
        const taps = await countTaps(ana.page);
        await tap(hands.table('9'));
        await ana.page.getByTestId('menu').waitFor();
        await hands.menu('split');
        assert.equal(await taps(), 3);
        await ana.page.getByTestId('split-seat-2').click();
        await inspect(ana.page, `a guest's things chosen, in ${language}`);
        await ana.page.getByTestId('split-confirm').click();
        await ana.page.getByTestId('siblings').waitFor();
        assert.equal(await taps(), 5);
        await ana.sent('Yuca').waitFor({ state: 'detached' });
        await ana.sent('Papa criolla').waitFor();
      },
    );
  });
}
