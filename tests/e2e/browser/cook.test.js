/**
 * What a cook decides at the screen: which ticket goes first, with the way back, and what has run out, in two taps, so
 * that no till sells it any more.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Hands } from '../lib/hands.js';
import { inspect } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { Stage } from '../lib/stage.js';
import { countTaps } from '../lib/taps.js';

/** @type {[string, string]} */
const POTATO = ['Acompañamientos', '502'];
/** @type {[string, string]} */
const YUCA = ['Acompañamientos', '503'];

for (const language of /** @type {const} */ (['es', 'en'])) {
  describe(`what a cook decides, in ${language}`, () => {
    const step = journey();
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

    step('what has run out is said in two taps, and taken back', async () => {
      await ana.openTable('9');
      await ana.page.getByTestId('category-Acompañamientos').click();
      const taps = await countTaps(cook.page);
      await cook.page.getByTestId('sums').click();
      await cook.page.getByTestId('sold-out-Yuca frita').click();
      assert.equal(await taps(), 2);
      await ana.page.locator('[data-testid="product-503"]:disabled').waitFor();
      const said = cook.page.getByTestId('toast').filter({ hasText: 'Yuca frita' });
      await said.getByTestId('toast-action').click();
      await ana.page.locator('[data-testid="product-503"]:not(:disabled)').waitFor();
    });
  });
}
