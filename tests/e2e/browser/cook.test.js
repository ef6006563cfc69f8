/**
 * What a cook decides at the screen: which ticket goes first, with the way back, and what has run out, in two taps, so
 * that no till sells it any more, or how many are left, which counts down in carts that are not sent too. A change stands
 * out until a cook takes note of it; all stations fit on one board; and who may only look can do nothing that would fail.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { fillKitchen, LINES } from '../lib/crowd.js';
import { Hands } from '../lib/hands.js';
import { inspect, inspectLargeText } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { MenuPage } from '../lib/menu-page.js';
import { Stage } from '../lib/stage.js';
import { countTaps, hold } from '../lib/taps.js';
import { signIn } from '../lib/till.js';
import { hush } from '../lib/toasts.js';
import { missing } from '../lib/words.js';

/** @type {[string, string]} */
const POTATO = ['Acompañamientos', '502'];
/** @type {[string, string]} */
const YUCA = ['Acompañamientos', '503'];

const WORDS = {
  es: {
    first: 'PRIMERO',
    left: 'Quedan 2',
    only: 'Solo quedan 2',
    refused: 'el pedido lleva 3',
    one: 'Queda 1',
    soldOut: 'Agotado',
    urgent: 'urgente',
    look: 'Su rol no marca comandas como listas',
  },
  en: {
    first: 'FIRST',
    left: '2 left',
    only: 'Only 2 left',
    refused: 'the order has 3',
    one: '1 left',
    soldOut: 'Sold out',
    urgent: 'urgent',
    look: 'Your role does not mark tickets as done',
  },
};

for (const language of /** @type {const} */ (['es', 'en'])) {
  describe(`what a cook decides, in ${language}`, () => {
    const step = journey();
    const words = WORDS[language];
    /** @type {Stage} */
    let stage;
    /** @type {import('../lib/till.js').Till} */
    let ana;
    /** @type {import('../lib/kitchen.js').Kitchen} */
    let cook;
    /** @type {string[]} Numbers of the tickets, as they came. */
    const numbers = [];

    /** Waits until the ticket stands first on the board. @param {string | undefined} number */
    async function isFirst(number) {
      const cards = cook.page.locator('[data-testid="board"] [data-ticket]');
      await cards
        .first()
        .and(cook.ticket(number ?? ''))
        .waitFor();
    }

    before(async () => {
      stage = await Stage.open();
      ana = await stage.till('Ana', { reducedMotion: 'reduce' });
      await ana.page.getByTestId('user-menu').click();
      await ana.page.getByTestId(`language-${language}`).click();
      await ana.page.getByTestId('close-sheet').click();
      const theme = language === 'es' ? 'dark' : 'light';
      cook = await stage.kitchen('Cocina', { colorScheme: theme, reducedMotion: 'reduce' });
      await cook.page.getByTestId('kitchen-menu').click();
      await cook.page.getByTestId(`language-${language}`).click();
      await cook.page.getByTestId('close-sheet').click();
      const hands = new Hands(ana);
      for (const [table, product] of /** @type {const} */ ([
        ['3', POTATO],
        ['5', YUCA],
      ])) {
        await hands.order(table, product);
        await ana.tick(product === POTATO ? 'Papa criolla' : 'Yuca', 'printed', 'seen');
        numbers.push(await ana.ticketOf('Cocina'));
      }
    });
    after(() => stage?.close());

    step('a ticket goes first, and back with a tap', async () => {
      await isFirst(numbers[0]);
      const first = cook.page.getByTestId(`first-${String(Number(numbers[1]))}`);
      await first.click();
      await isFirst(numbers[1]);
      // The way back is there for a few seconds only: nothing that takes long comes before it.
      await cook.page.getByTestId('toast-action').first().click();
      await isFirst(numbers[0]);
      assert.equal(await first.getAttribute('aria-pressed'), 'false');
      await first.click();
      await isFirst(numbers[1]);
      assert.equal(await first.getAttribute('aria-pressed'), 'true');
      const said = await cook.ticket(numbers[1] ?? '').innerText();
      assert.deepEqual(missing(said, words.first), [], said);
      await inspect(cook.page, `a ticket that goes first, in ${language}`);
    });

    /** Waits until Ana's tile of a product says that there is none, or some again. @param {string} code @param {boolean} gone */
    async function atTheTill(code, gone) {
      const tile = `[data-testid="product-${code}"]`;
      await ana.page.locator(gone ? `${tile}[data-sold-out]` : `${tile}:not([data-sold-out])`).waitFor();
    }

    step('what has run out is said in two taps, and taken back when it can no longer be undone', async () => {
      await ana.openTable('9');
      await ana.page.getByTestId('category-Acompañamientos').click();
      const taps = await countTaps(cook.page);
      await cook.page.getByTestId('sums').click();
      await cook.page.getByTestId('sold-out-Yuca frita').first().click();
      assert.equal(await taps(), 2);
      await atTheTill('503', true);
      await hush(cook.page);
      await cook.page.getByTestId('sums').click();
      await cook.page.getByTestId('limited-products').getByText('Yuca frita').waitFor();
      await inspect(cook.page, `what has run out, in ${language}`);
      await cook.page.getByTestId('again-Yuca frita').click();
      await atTheTill('503', false);
    });

    step('what nobody has ordered is counted down, in a cart that is not sent too', async () => {
      for (let units = 0; units < 3; units += 1) await ana.pick('Acompañamientos', '502');
      await cook.page.getByTestId('station-search').fill('papa cr');
      await cook.page.getByTestId('made-Papa criolla').click();
      await inspect(cook.page, `how many are left, in ${language}`);
      await cook.page.getByTestId('left-2').click();
      await cook.page.getByTestId('say-left').click();
      await cook.page.getByTestId('limited-products').getByText(words.left).waitFor();
      await cook.page.getByTestId('close-sheet').click();
      await ana.cart.getByTestId('line-standing').getByText(words.only).waitFor();
      await ana.send.click();
      await ana.page.getByTestId('toast').getByText(words.refused).waitFor();
      await ana.page.getByTestId('line-quantity-less').click();
      await ana.page.getByTestId('line-standing').waitFor({ state: 'detached' });
      await ana.sendOrder();
      await atTheTill('502', true);
    });

    step('whoever sells it sees who said so, and sells it again', async () => {
      await ana.page.getByTestId('product-502').click();
      const now = ana.page.getByTestId('availability-now');
      await now.getByText('Cocina').waitFor();
      await inspect(ana.page, `who said what is left, in ${language}`);
      await ana.page.getByTestId('say-plenty').click();
      await atTheTill('502', false);
      const tile = ana.page.getByTestId('product-502');
      if (language === 'es') await tile.click({ button: 'right' });
      else {
        await hold(ana.page, tile, ana.page.getByTestId('quantity-sheet'));
        await ana.page.getByTestId('quantity-beside').click();
      }
      await ana.page.getByTestId('left-1').click();
      await ana.page.keyboard.press('Enter');
      await ana.page.getByTestId('product-502').getByText(words.one).waitFor();
    });

    step('whoever keeps the menu sees it too', async () => {
      const camila = await stage.till('Camila', { language, reducedMotion: 'reduce' });
      const menu = await MenuPage.open(camila);
      await menu.category('Acompañamientos').click();
      await menu.product('502').getByText(words.one).waitFor();
      await camila.page.getByTestId('availability-502').click();
      await camila.page.getByTestId('say-sold-out').click();
      await atTheTill('502', true);
      await menu.product('502').click();
      await camila.page.getByTestId('product-standing').getByText(words.soldOut).waitFor();
      await inspect(camila.page, `a product that has run out, in ${language}`);
      await camila.page.getByTestId('product-availability').click();
      await camila.page.getByTestId('say-plenty').click();
      await atTheTill('502', false);
      await camila.page.context().close();
    });

    step('a change stands out until a cook takes note of it, whatever happens to the screen', async () => {
      const change = cook.page.locator('[data-testid="board"] [data-kind="change"]');
      const outline = () => change.evaluate((card) => getComputedStyle(card).outlineStyle);
      await ana.openTable('3');
      await ana.pick(...YUCA);
      await ana.sendOrder();
      await change.and(cook.page.locator('[data-marked]')).waitFor();
      assert.equal(await outline(), 'solid');
      await cook.page.getByTestId('change-station').click();
      await cook.page.getByTestId('station-Bar').click();
      await cook.idle.waitFor();
      await cook.page.reload();
      await cook.page.getByTestId('change-station').click();
      await cook.page.getByTestId('station-Cocina').click();
      await change.waitFor();
      assert.equal(await outline(), 'solid');
      await cook.page.locator('body').press('a');
      await change.and(cook.page.locator(':not([data-marked])')).waitFor();
      assert.equal(await outline(), 'none');
      await cook.page.reload();
      await change.waitFor();
      assert.equal(await outline(), 'none');
    });

    step('all stations stand on one board, and each ticket ends at its own', async () => {
      await ana.openTable('9');
      await ana.pick('Bebidas', '607');
      await ana.sendOrder();
      await cook.page.getByTestId('change-station').click();
      await cook.page.getByTestId('station-all').click();
      const bar = cook.page.locator('[data-ticket][data-station="Bar"]');
      await bar.waitFor();
      assert.equal(await cook.page.locator('[data-ticket][data-station="Cocina"]').count(), 4);
      await inspect(cook.page, `all stations on one board, in ${language}`);
      await bar.locator('[data-testid^="bump-"]').click();
      await bar.waitFor({ state: 'detached' });
      await ana.tick('Agua', 'ready');
      await cook.undo();
      await bar.waitFor();
    });

    step('tickets stand in a grid when a cook wants it so, and a long one opens whole', async () => {
      await cook.page.getByTestId('kitchen-menu').click();
      await cook.page.getByTestId('layout-grid').click();
      await inspect(cook.page, `the options of a kitchen’s screen, in ${language}`);
      await cook.page.getByTestId('close-sheet').click();
      await fillKitchen(cook.page);
      await cook.page.reload();
      await cook.page.locator('[data-layout="grid"] [data-ticket]').nth(5).waitFor();
      await inspect(cook.page, `full stations in a grid, in ${language}`);
      const boxes = await cook.page.locator('[data-layout="grid"] [data-ticket]').evaluateAll((cards) =>
        cards.map((card) => {
          const { width, height } = card.getBoundingClientRect();
          return `${Math.round(width)} × ${Math.round(height)}`;
        }),
      );
      assert.equal(new Set(boxes).size, 1, boxes.join(', '));
      await cook.page.getByTestId('more-102').first().click();
      const whole = cook.page.getByTestId('ticket-sheet');
      assert.equal(await whole.locator('[data-testid^="line-"]').count(), LINES);
      await cook.page.keyboard.press('Escape');
      await whole.waitFor({ state: 'detached' });
    });

    step('what is urgent on the page before calls the cook back', async () => {
      const back = cook.page.getByTestId('page-previous');
      assert.equal(await back.getAttribute('data-calls'), null);
      await cook.page.keyboard.press('ArrowRight');
      await cook.page.locator('[data-testid="page-previous"][data-calls="urgent"]').waitFor();
      const said = await back.innerText();
      assert.deepEqual(missing(said, words.urgent), [], said);
      await inspectLargeText(cook.page, `full stations in a grid, in ${language}`);
    });

    step('who may only look is told so, and can do nothing that would fail', async () => {
      const page = await (await stage.context({ language })).newPage();
      /** @type {string[]} */
      const asked = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname.replace('/api/v1/', '')));
      await page.goto(stage.core.page('/kitchen'));
      await signIn(page, 'Ana');
      await page.getByTestId('station-Cocina').click();
      const tickets = page.locator('[data-testid="board"] [data-ticket]');
      await tickets.nth(3).waitFor();
      await page.getByTestId('look-only').getByText(words.look).waitFor();
      for (const key of ['1', 'b', 'r', 'a']) await page.keyboard.press(key);
      assert.equal(await page.locator('[data-testid^="bump-"], [data-testid^="first-"]').count(), 0);
      await page.getByTestId('kitchen-menu').click();
      await page.getByTestId('less-motion').click();
      await page.locator('html[data-motion="less"]').waitFor({ state: 'attached' });
      await page.getByTestId('close-sheet').click();
      await inspect(page, `a kitchen’s screen that is looked at, in ${language}`);
      assert.equal(await tickets.count(), 4);
      assert.equal(await page.locator('[data-testid="problem"], [data-testid="undo-bar"]').count(), 0);
      const acts = /^(bump|recall|prioritise|see)_|^show_station/;
      assert.deepEqual(
        asked.filter((name) => acts.test(name)),
        [],
      );
      await page.context().close();
    });
  });
}
