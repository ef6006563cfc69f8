/**
 * Orders that go elsewhere: by a drag or two taps to another table, joined, split and joined again, given to another
 * waiter. No product is lost, and the kitchen hears where things go.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Hands } from '../lib/hands.js';
import { inspect } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { Stage } from '../lib/stage.js';
import { countTaps } from '../lib/taps.js';
import { until } from '../lib/until.js';
import { says } from '../lib/words.js';

/** @type {[string, string]} */
const POTATO = ['Acompañamientos', '502'];
/** @type {[string, string]} */
const YUCA = ['Acompañamientos', '503'];
/** @type {[string, string]} */
const WATER = ['Bebidas', '607'];

const WORDS = {
  es: { table: 'Mesa', slip: 'Cambio de mesa', before: 'Antes: Mesa', taken: 'ocupada', stays: 'Se queda' },
  en: { table: 'Table', slip: 'Change of table', before: 'Before: Table', taken: 'taken', stays: 'Stays' },
};

for (const language of /** @type {const} */ (['es', 'en'])) {
  const words = WORDS[language];

  describe(`orders that go elsewhere, in ${language}`, () => {
    const step = journey();
    /** @type {Stage} */
    let stage;
    /** @type {import('../lib/till.js').Till} */
    let ana;
    /** @type {Hands} */
    let hands;
    /** @type {import('../lib/kitchen.js').Kitchen} */
    let cook;
    /** Numbers of the kitchen's tickets, as they come. */
    let ticket = '';

    /** @param {import('playwright-core').Page} page @param {string} menu */
    async function speak(page, menu) {
      await page.getByTestId(menu).click();
      await page.getByTestId(`language-${language}`).click();
      await page.getByTestId('close-sheet').click();
    }

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

    step('a table is dragged to a free one, and a tap still opens it', async () => {
      await hands.order('3', POTATO);
      await ana.tick('Papa criolla', 'printed', 'seen');
      ticket = await ana.ticketOf('Cocina');
      await hands.toTables();
      await hands.drag('3', '5', async () => {
        assert.match(await ana.page.getByTestId('drag-ghost').innerText(), new RegExp(`${words.table} 3`));
      });
      await hands.orders('5', 1);
      await hands.orders('3', 0);
      const taps = await countTaps(ana.page);
      await hands.table('5').click();
      await ana.sent('Papa criolla').waitFor();
      assert.equal(await taps(), 1);
      await ana.page
        .getByTestId('order-title')
        .filter({ hasText: `${words.table} 5` })
        .waitFor();
    });

    step('the kitchen has it on paper and on screen, and makes nothing twice', async () => {
      const { text } = await stage.core.paper('Cocina', 'CAMBIO DE MESA', `#${ticket}`);
      assert.ok(!says(text, 'Papa criolla'), text);
      const slip = cook.page.locator('[data-slip]');
      await slip.waitFor();
      const told = await slip.innerText();
      assert.ok(says(told, words.slip, `${words.table} 3`, `${words.table} 5`, `#${ticket}`), told);
      const card = await cook.ticket(ticket).innerText();
      assert.ok(says(card, `${words.before} 3`, `${words.table} 5`, 'Papa criolla'), card);
      await inspect(cook.page, `the kitchen’s slip in ${language}`);
      await cook.page.keyboard.press('s');
      const sums = cook.page.getByTestId('sums-list');
      assert.match(await sums.innerText(), /1\s+Papa criolla/);
      await cook.page.keyboard.press('Escape');
      await slip.locator('[data-testid^="bump-"]').click();
      await slip.waitFor({ state: 'detached' });
      await cook.ticket(ticket).waitFor();
    });

    step('a drag ends with Escape where it began', async () => {
      await hands.toTables();
      await hands.drag('5', '9', async () => {
        await ana.page.keyboard.press('Escape');
        await ana.page.getByTestId('drag-ghost').waitFor({ state: 'detached' });
      });
      await hands.orders('5', 1);
      await hands.orders('9', 0);
      await hands.table('5').click();
      await ana.sent('Papa criolla').waitFor();
    });

    step('it is two taps from the open order: what, and where to', async () => {
      const taps = await countTaps(ana.page);
      await ana.page.getByTestId('move-order').click();
      await hands.carry.waitFor();
      await hands.table('8').click();
      await hands.orders('8', 1);
      assert.equal(await taps(), 2);
      await hands.carry.waitFor({ state: 'detached' });
      await ana.page
        .getByTestId('order-title')
        .filter({ hasText: `${words.table} 8` })
        .waitFor();
    });

    step('it waits for a table, and Escape or a button puts it back', async () => {
      await hands.menu('move');
      await hands.carry.waitFor();
      await inspect(ana.page, `a table is being chosen in ${language}`);
      await ana.page.keyboard.press('Escape');
      await hands.carry.waitFor({ state: 'detached' });
      await ana.page.getByTestId('move-order').click();
      await ana.page.getByTestId('carry-cancel').click();
      await hands.carry.waitFor({ state: 'detached' });
      await hands.orders('8', 1);
    });

    step('it goes by the keyboard alone, and is undone with a tap', async () => {
      await ana.page.keyboard.press('/');
      await ana.page.getByTestId('order-menu-sheet').waitFor();
      await ana.page.keyboard.press('Enter');
      await hands.carry.waitFor();
      await ana.page.keyboard.type('2');
      await ana.page.keyboard.press('Enter');
      await hands.orders('2', 1);
      await ana.page.getByTestId('toast-action').last().click();
      await hands.orders('8', 1);
      await hands.orders('2', 0);
    });

    step('on a taken table it is asked whether to stay apart or to join', async () => {
      await hands.order('4', YUCA);
      await hands.toTables();
      const taps = await countTaps(ana.page);
      await hands.drag('4', '8');
      const sheet = ana.page.getByTestId('place-sheet');
      await sheet.waitFor();
      assert.match(await sheet.innerText(), new RegExp(words.taken));
      await inspect(ana.page, `the question at a taken table in ${language}`);
      await ana.page.getByTestId('place-apart').click();
      assert.equal(await taps(), 2, 'the drag, and the answer');
      await hands.orders('8', 2);
      await hands.orders('4', 0);
      await sheet.waitFor({ state: 'detached' });
    });

    step(
      'a table with several bills asks for which, and they stand beside each other with their totals',
      async () => {
        await hands.toTables();
        await hands.table('8').click();
        const which = ana.page.locator('dialog[open]');
        await which.getByTestId('order-1').waitFor();
        await inspect(ana.page, `which of a table’s bills, in ${language}`);
        await which.getByTestId('order-2').click();
        await ana.sent('Yuca frita').waitFor();
        const tabs = ana.page.getByTestId('siblings').getByRole('tab');
        await until('both are there', async () => (await tabs.count()) === 2);
        assert.match(await tabs.first().innerText(), /#1[\s\S]*\d\.?\d/);
        await tabs.first().click();
        await ana.sent('Papa criolla').waitFor();
      },
    );

    step('two orders of a table become one in three taps, and nothing is lost', async () => {
      const taps = await countTaps(ana.page);
      await hands.menu('merge');
      const sheet = ana.page.getByTestId('merge-sheet');
      await sheet.waitFor();
      await inspect(ana.page, `the orders to join with in ${language}`);
      await ana.page.getByTestId('merge-into-2').click();
      assert.equal(await taps(), 3);
      await ana.sent('Yuca frita').waitFor();
      await ana.sent('Papa criolla').waitFor();
      await sheet.waitFor({ state: 'detached' });
      assert.equal(await hands.number(), '2');
      await until('one is left', async () => (await ana.page.getByTestId('siblings').count()) === 0);
    });

    step('a bill is split by line with both totals in sight, and joined again', async () => {
      await ana.pick(...WATER);
      await ana.sendOrder();
      const whole = (await ana.page.getByTestId('order-total').innerText()).replace(/\D/g, '');
      await hands.menu('split');
      assert.ok(await ana.page.getByTestId('split-confirm').isDisabled());
      await hands.check('Yuca frita', 'Papa criolla');
      await inspect(ana.page, `the bill being split in ${language}`);
      const figure = async (/** @type {string} */ id) =>
        Number((await ana.page.getByTestId(id).innerText()).replace(/\D/g, ''));
      assert.equal((await figure('split-stays')) + (await figure('split-goes')), Number(whole));
      const goes = await figure('split-goes');
      await hands.check('Agua con gas');
      await ana.page.getByTestId('split-all').waitFor();
      assert.ok(await ana.page.getByTestId('split-confirm').isDisabled());
      await hands.check('Agua con gas');
      await ana.page.getByTestId('split-confirm').click();
      const tabs = ana.page.getByTestId('siblings').getByRole('tab');
      await until('there are two bills', async () => (await tabs.count()) === 2);
      await tabs.filter({ hasText: '#3' }).click();
      await ana.sent('Yuca frita').waitFor();
      assert.equal(await figure('order-total'), goes);
      await hands.menu('merge');
      await ana.page.getByTestId('merge-into-2').click();
      await ana.sent('Agua con gas').waitFor();
      await until('it is one bill again', async () => (await figure('order-total')) === Number(whole));
    });

    step('some lines go to another table, taken or free', async () => {
      await hands.order('9', WATER);
      await ana.openTable('8');
      await hands.menu('lines');
      await hands.check('Yuca frita');
      await ana.page.getByTestId('split-confirm').click();
      await hands.table('9').click();
      await ana.page.getByTestId('join-4').click();
      await ana.page.getByTestId('place-sheet').waitFor({ state: 'detached' });
      await ana.openTable('9');
      await ana.sent('Yuca frita').waitFor();
      await hands.menu('lines');
      await hands.check('Yuca frita');
      await ana.page.getByTestId('split-confirm').click();
      await hands.table('3').click();
      await hands.orders('3', 1);
      await ana.openTable('3');
      await ana.sent('Yuca frita').waitFor();
      assert.equal(await ana.page.getByTestId('sent-line').count(), 1);
    });

    step('an order is given to another waiter', async () => {
      await hands.menu('give');
      await ana.page.getByTestId('give-sheet').waitFor();
      assert.ok(await ana.page.getByTestId('give-Ana').isDisabled(), 'whoever has it is marked');
      await inspect(ana.page, `who goes on with an order in ${language}`);
      await ana.page.getByTestId('give-Luis').click();
      await ana.page.getByTestId('give-sheet').waitFor({ state: 'detached' });
      await ana.page.getByTestId('order-details').filter({ hasText: 'Luis' }).waitFor();
    });

    step('whoever has an order open that was joined elsewhere is told, and led away', async () => {
      const luisa = await stage.till('Luisa');
      await luisa.openTable('3');
      await luisa.sent('Yuca frita').waitFor();
      await ana.openTable('3');
      await hands.menu('merge');
      await ana.page.locator('[data-testid="merge-into-4"]').click();
      await luisa.page.getByTestId('order-joined').waitFor();
      assert.equal(await luisa.page.getByTestId('order-menu').count(), 0);
      await luisa.page.getByTestId('go-to-joined').click();
      await luisa.page.getByTestId('order-joined').waitFor({ state: 'detached' });
      await luisa.sent('Yuca frita').first().waitFor();
      await luisa.page.context().close();
    });

    step('what got no answer is said, and the same command goes out again', async () => {
      await ana.openTable('9');
      /** @type {string[]} */
      const commands = [];
      let lose = true;
      await ana.page.route('**/api/v1/move_order', async (route) => {
        commands.push(route.request().postDataJSON().command_id);
        if (!lose) return route.continue();
        lose = false;
        await route.fetch();
        return route.abort();
      });
      await ana.page.getByTestId('move-order').click();
      await hands.table('12').click();
      await until('it was said', async () => (await ana.page.getByTestId('toast').count()) > 0);
      await hands.carry.waitFor();
      await hands.orders('12', 1);
      await hands.table('12').click();
      await hands.carry.waitFor({ state: 'detached' });
      assert.equal(new Set(commands).size, 1, commands.join());
    });
  });
}
