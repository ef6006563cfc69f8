/**
 * What a cook decides at the screen: which ticket goes first, with the way back, and what has run out, in two taps, so
 * that no till sells it any more, or how many are left, which counts down in carts that are not sent too.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Hands } from '../lib/hands.js';
import { inspect } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { MenuPage } from '../lib/menu-page.js';
import { Stage } from '../lib/stage.js';
import { countTaps, hold } from '../lib/taps.js';

/** @type {[string, string]} */
const POTATO = ['Acompañamientos', '502'];
/** @type {[string, string]} */
const YUCA = ['Acompañamientos', '503'];

const WORDS = {
  es: { left: 'Quedan 2', only: 'Solo quedan 2', refused: 'el pedido lleva 3', one: 'Queda 1' },
  en: { left: '2 left', only: 'Only 2 left', refused: 'the order has 3', one: '1 left' },
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
      await inspect(cook.page, `a ticket that goes first, in ${language}`);
    });

    /** Waits until Ana's tile of a product says that there is none, or some again. @param {string} code @param {boolean} gone */
    async function atTheTill(code, gone) {
      const tile = `[data-testid="product-${code}"]`;
      await ana.page.locator(gone ? `${tile}[data-sold-out]` : `${tile}:not([data-sold-out])`).waitFor();
    }

    /** Waits until no word lies over the screen. @param {import('playwright-core').Page} page */
    async function noToast(page) {
      await page.getByTestId('toast').first().waitFor({ state: 'detached' });
    }

    step('what has run out is said in two taps, and taken back when it can no longer be undone', async () => {
      await ana.openTable('9');
      await ana.page.getByTestId('category-Acompañamientos').click();
      const taps = await countTaps(cook.page);
      await cook.page.getByTestId('sums').click();
      await cook.page.getByTestId('sold-out-Yuca frita').first().click();
      assert.equal(await taps(), 2);
      await atTheTill('503', true);
      await noToast(cook.page);
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
      if (language === 'en') return;
      const camila = await stage.till('Camila', { reducedMotion: 'reduce' });
      const menu = await MenuPage.open(camila);
      await menu.category('Acompañamientos').click();
      await menu.product('502').getByText(words.one).waitFor();
      await camila.page.getByTestId('availability-502').click();
      await camila.page.getByTestId('say-sold-out').click();
      await atTheTill('502', true);
      await menu.product('502').click();
      await camila.page.getByTestId('product-standing').getByText('Agotado').waitFor();
      await inspect(camila.page, `a product that has run out, in ${language}`);
      await camila.page.getByTestId('product-availability').click();
      await camila.page.getByTestId('say-plenty').click();
      await atTheTill('502', false);
    });
  });
}
