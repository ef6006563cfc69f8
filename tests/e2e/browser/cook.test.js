/**
 * What a cook decides at the screen: which ticket goes first, with the way back, and what has run out, in two taps, so
 * that no till sells it any more. A change stands out until a cook takes note of it; all stations fit on one board; and
 * who may only look can do nothing that would fail.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { fillKitchen, LINES } from '../lib/crowd.js';
import { Hands } from '../lib/hands.js';
import { inspect, inspectLargeText } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { Stage } from '../lib/stage.js';
import { countTaps } from '../lib/taps.js';
import { signIn } from '../lib/till.js';
import { missing } from '../lib/words.js';

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
      const said = await cook.ticket(numbers[1] ?? '').innerText();
      assert.deepEqual(missing(said, language === 'es' ? 'PRIMERO' : 'FIRST'), [], said);
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
      assert.equal(await cook.page.locator('[data-ticket][data-station="Cocina"]').count(), 3);
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
      assert.deepEqual(missing(said, language === 'es' ? 'urgente' : 'urgent'), [], said);
      await inspectLargeText(cook.page, `full stations in a grid, in ${language}`);
    });

    if (language === 'es') {
      step('who may only look is told so, and can do nothing that would fail', async () => {
        const page = await (await stage.context()).newPage();
        /** @type {string[]} */
        const asked = [];
        page.on('request', (request) => asked.push(new URL(request.url()).pathname.replace('/api/v1/', '')));
        await page.goto(stage.core.page('/kitchen'));
        await signIn(page, 'Ana');
        await page.getByTestId('station-Cocina').click();
        const tickets = page.locator('[data-testid="board"] [data-ticket]');
        await tickets.nth(2).waitFor();
        await page.getByTestId('look-only').waitFor();
        for (const key of ['1', 'b', 'r', 'a']) await page.keyboard.press(key);
        assert.equal(await page.locator('[data-testid^="bump-"], [data-testid^="first-"]').count(), 0);
        await page.getByTestId('kitchen-menu').click();
        await page.getByTestId('less-motion').click();
        await page.locator('html[data-motion="less"]').waitFor({ state: 'attached' });
        await page.getByTestId('close-sheet').click();
        await inspect(page, 'a kitchen’s screen that is looked at');
        assert.equal(await tickets.count(), 3);
        assert.equal(await page.locator('[data-testid="problem"], [data-testid="undo-bar"]').count(), 0);
        const acts = /^(bump|recall|prioritise|see)_|^show_station/;
        assert.deepEqual(
          asked.filter((name) => acts.test(name)),
          [],
        );
        await page.context().close();
      });
    }
  });
}
