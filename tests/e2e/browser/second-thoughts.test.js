/**
 * Guests and waiters think again: a cart at the wrong table, or for nobody, guests that come later, an order of which
 * all is void and that goes on, a table that somebody else joined with another meanwhile; and what they are told of how
 * long it takes.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Hands } from '../lib/hands.js';
import { inspect } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { speak } from '../lib/speak.js';
import { Stage } from '../lib/stage.js';
import { countTaps, hold } from '../lib/taps.js';

const SIDES = 'Acompañamientos';

const WORDS = {
  es: {
    undo: 'Deshacer',
    guests: '4 cubiertos',
    why: 'Error al digitar · Luisa',
    pace: 'Cocina: 1 min aprox.',
    ready: /lista en 1 min aprox/,
    taken: 'Luisa abrió la mesa 9',
    two: 'Se anulan 2 de 3; queda 1',
    goes: 'Sale 1 de 2',
  },
  en: {
    undo: 'Undo',
    guests: '4 guests',
    why: 'Typed by mistake · Luisa',
    pace: 'Cocina: about 1 min',
    ready: /ready in about 1 min/,
    taken: 'Luisa opened table 9',
    two: '2 of 3 are voided; 1 stays',
    goes: '1 of 2 goes',
  },
};

for (const language of /** @type {const} */ (['es', 'en'])) {
  const words = WORDS[language];

  describe(`second thoughts, in ${language}`, () => {
    const step = journey();
    /** @type {Stage} */
    let stage;
    /** @type {import('../lib/till.js').Till} */
    let luisa;
    /** @type {import('../lib/till.js').Till} */
    let ana;
    /** @type {import('../lib/kitchen.js').Kitchen} */
    let kitchen;

    before(async () => {
      stage = await Stage.open();
      kitchen = await stage.kitchen('Cocina', { viewport: { width: 1920, height: 1080 } });
      const colorScheme = language === 'es' ? 'light' : 'dark';
      luisa = await stage.till('Luisa', { colorScheme, reducedMotion: 'reduce' });
      ana = await stage.till('Ana', { colorScheme, reducedMotion: 'reduce' });
      await Promise.all([ana, luisa].map((till) => speak(till.page, language)));
    });
    after(() => stage?.close());

    step('a cart at the wrong table goes to the right one, or away and back', async () => {
      const { page } = luisa;
      await luisa.openTable('2');
      await luisa.pick(SIDES, '502');
      await luisa.pick(SIDES, '503');
      await inspect(page, `a cart that nobody sent, in ${language}`);
      await page.getByTestId('move-unsent').click();
      await page.getByTestId('table-4').click();
      await page.getByTestId('order-title').filter({ hasText: '4' }).waitFor();
      assert.equal(await luisa.cart.count(), 2);
      await page.getByTestId('discard-unsent').click();
      await page.getByTestId('order-title').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: words.undo }).click();
      await luisa.openTable('4');
      assert.equal(await luisa.cart.count(), 2);
      await luisa.sendOrder();
    });

    step('guests that come later are counted, and have seats', async () => {
      const { page } = luisa;
      await page.getByTestId('order-details').click();
      await page.getByTestId('covers-4').click();
      await inspect(page, `guests of a sent order, in ${language}`);
      await page.getByTestId('details-save').click();
      await page.getByTestId('order-details').filter({ hasText: words.guests }).waitFor();
      await page.getByTestId('for-seat-4').waitFor({ state: 'attached' });
    });

    step('an order of which all is void says why, and goes on', async () => {
      const { page } = luisa;
      for (const name of ['Papa criolla', 'Yuca frita']) {
        await luisa.sent(name).locator('button').first().click();
        await page.getByTestId('void-line').click();
        await page.getByTestId('void-reason').first().click();
        await page.getByTestId('confirm-void').click();
        await luisa.sent(name).getByTestId('void-why').filter({ hasText: words.why }).waitFor();
      }
      await stage.core.paper('Cocina', 'ANULACIÓN', 'Yuca frita', 'Motivo');
      await kitchen.page.getByTestId('void-reason').first().waitFor();
      await luisa.pick(SIDES, '504');
      await luisa.sendOrder();
      await luisa.sent('Arroz con coco').waitFor();
    });

    step('what is typed for an order that somebody else joins with another is not lost', async () => {
      await ana.openTable('4');
      await ana.pick(SIDES, '502');
      await luisa.openTable('6');
      await luisa.pick(SIDES, '503');
      await luisa.sendOrder();
      await luisa.openTable('4');
      await new Hands(luisa).menu('merge');
      await luisa.page.locator('[data-testid^="merge-into-"]').filter({ hasText: '6' }).first().click();
      await luisa.page.getByTestId('order-title').filter({ hasText: '6' }).waitFor();
      await ana.page.getByTestId('order-title').filter({ hasText: '6' }).waitFor();
      assert.equal(await ana.cart.count(), 1);
      await ana.sendOrder();
      await luisa.sent('Papa criolla').waitFor();
    });

    step('guests are told what the kitchen keeps up', async () => {
      for (let made = 0; made < 5; made += 1) {
        await luisa.openTable('8');
        await luisa.pick(SIDES, '502');
        await luisa.sendOrder();
        await kitchen.bump(await luisa.ticketOf('Cocina'));
      }
      await luisa.pick(SIDES, '502');
      await luisa.page.getByTestId('pace').filter({ hasText: words.pace }).waitFor();
      await inspect(luisa.page, `what the kitchen keeps up, in ${language}`);
      await luisa.sendOrder();
      const told = luisa.page.getByTestId('ticket-pace').first();
      await told.waitFor();
      assert.match(await told.innerText(), words.ready);
    });

    step('one of three is taken back, and one of the two is a bill of its own', async () => {
      const { page } = luisa;
      const rice = luisa.sent('Arroz con coco');
      await luisa.openTable('7');
      for (let count = 0; count < 3; count += 1) await luisa.pick(SIDES, '504');
      await luisa.sendOrder();
      await stage.core.paper('Cocina', '3 × Arroz con coco');
      await rice.locator('button').first().click();
      await page.getByTestId('void-line').click();
      await page.getByTestId('void-units-less').click();
      await page.getByText(words.two).waitFor();
      await inspect(page, `how many units of a line are taken back, in ${language}`);
      await page.getByTestId('void-units-less').click();
      await page.getByTestId('void-reason').first().click();
      await page.getByTestId('confirm-void').click();
      await rice.getByTestId('void-why').waitFor();
      assert.equal(await rice.count(), 2);
      await stage.core.paper('Cocina', 'ANULACIÓN', '1 × Arroz con coco');
      const hands = new Hands(luisa);
      await hands.menu('split');
      await hands.check('Arroz con coco');
      await page.getByTestId('split-units-less').click();
      await page.getByText(words.goes).waitFor();
      await inspect(page, `how many units of a line go, in ${language}`);
      await page.getByTestId('split-confirm').click();
      await page.getByTestId('siblings').getByRole('tab').nth(1).waitFor();
      await page.getByTestId('sent-line').filter({ hasText: /^1/ }).first().waitFor();
    });

    step('what is typed at a table that another till opens is on its bill', async () => {
      await ana.openTable('9');
      await ana.pick(SIDES, '502');
      await luisa.openTable('9');
      await luisa.pick(SIDES, '503');
      await luisa.sendOrder();
      await ana.page.getByText(words.taken).waitFor();
      await ana.sent('Yuca frita').waitFor();
      assert.equal(await ana.cart.count(), 1);
      await ana.sendOrder();
      await luisa.sent('Papa criolla').waitFor();
      assert.equal(await luisa.page.getByTestId('siblings').count(), 0);
    });

    step('a table that is held down goes to another one in two taps more', async () => {
      const hands = new Hands(luisa);
      await hands.toTables();
      const sheet = luisa.page.getByTestId('table-sheet');
      await hold(luisa.page, hands.table('9'), sheet);
      await inspect(luisa.page, `what can be done with a table of which nothing waits, in ${language}`);
      const taps = await countTaps(luisa.page);
      await sheet.locator('[data-testid^="table-move-"]').click();
      await hands.table('10').click();
      assert.equal(await taps(), 2);
      await hands.orders('10', 1);
      await hands.orders('9', 0);
    });
  });
}
