/**
 * A waiter with a tablet of 10 inches, held either way, and nothing but fingers: everything is within reach, the order
 * in hand stays in sight, and turning the tablet loses nothing.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { inspect, resize } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { Kitchen } from '../lib/kitchen.js';
import { Stage } from '../lib/stage.js';
import { Till, PINS } from '../lib/till.js';

const LYING = { width: 1280, height: 800 };
const STANDING = { width: 800, height: 1280 };
const BOTH = [LYING, STANDING];
/** So many tiles stand beside each other on the narrower side too. */
const COLUMNS = 3;

const CASES = /** @type {const} */ ([
  { language: 'es', held: LYING, turned: STANDING, theme: 'light', table: '5', send: 'Enviar a cocina · 4' },
  { language: 'en', held: STANDING, turned: LYING, theme: 'dark', table: '6', send: 'Send to kitchen · 4' },
]);

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

/** @param {import('playwright-core').Page} page @param {...string} testids */
async function touch(page, ...testids) {
  for (const testid of testids) await page.getByTestId(testid).tap();
}

/**
 * Chooses the terminal, the person, and types their PIN.
 * @param {import('playwright-core').Page} page @param {keyof typeof PINS} who
 */
async function signIn(page, who) {
  const terminal = page.getByTestId('terminal-Caja 1');
  await terminal
    .or(page.getByTestId(`user-${who}`))
    .first()
    .waitFor();
  if (await terminal.isVisible()) await terminal.tap();
  await touch(page, `user-${who}`, ...[...PINS[who]].map((digit) => `pin-${digit}`));
}

/** Where something is, all of which has to be in sight. @param {import('playwright-core').Locator} what */
async function inSight(what) {
  const box = await what.boundingBox();
  const { width, height } = what.page().viewportSize() ?? LYING;
  assert.ok(box, `${what} is nowhere`);
  const inside = box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
  assert.ok(inside, `${what} is at ${JSON.stringify(box)} of ${width} × ${height}`);
  return box;
}

for (const { language, held, turned, theme, table, send } of CASES) {
  describe(`a waiter with a tablet, in ${language}`, () => {
    const step = journey();
    /** @type {Till} */
    let ana;

    before(async () => {
      const context = await stage.context({
        language,
        viewport: held,
        hasTouch: true,
        isMobile: true,
        colorScheme: theme,
        reducedMotion: 'reduce',
      });
      ana = new Till(await context.newPage());
      await ana.page.goto(stage.core.url);
    });
    after(() => ana?.page.context().close());

    /** What has to hold either way the tablet is held; it stays as it was. @param {string} where */
    async function look(where) {
      await inspect(ana.page, `${where} on a tablet, in ${language}`, [turned, held]);
    }

    step('signs in', async () => {
      await touch(ana.page, 'terminal-Caja 1');
      await ana.page.getByTestId('user-Ana').waitFor();
      await look('the people');
      await signIn(ana.page, 'Ana');
      await ana.floor.waitFor();
      await look('the tables');
      for (const size of BOTH) {
        await resize(ana.page, size);
        for (const name of ['1', '10', '12']) await inSight(ana.page.getByTestId(`table-${name}`));
      }
      await resize(ana.page, held);
    });

    step('has the menu and the order in sight together', async () => {
      const { page } = ana;
      await touch(
        page,
        `table-${table}`,
        'category-Acompañamientos',
        'product-502',
        'product-502',
        'product-503',
      );
      await ana.cart.nth(1).waitFor();
      await look('the menu with a cart');
      for (const size of BOTH) {
        await resize(page, size);
        await inSight(ana.send);
        await inSight(page.getByTestId('order-total'));
        await inSight(ana.cart.first());
        const lefts = await page
          .locator('[data-testid^="product-"]')
          .evaluateAll((tiles) => tiles.map((tile) => Math.round(tile.getBoundingClientRect().left)));
        const columns = new Set(lefts).size;
        assert.ok(columns >= COLUMNS, `${columns} tiles beside each other at ${size.width} × ${size.height}`);
      }
      await resize(page, held);
    });

    step('is asked what a product needs beside the order, not over it', async () => {
      const { page } = ana;
      await touch(page, 'category-Sopas', 'product-201');
      const sheet = page.getByTestId('product-sheet');
      await sheet.waitFor();
      await look('the sheet of a product');
      for (const size of BOTH) {
        await resize(page, size);
        await inSight(page.getByTestId('sheet-done'));
        const [asked, order] = [await inSight(sheet), await inSight(page.getByTestId('order-panel'))];
        const apart = asked.x + asked.width <= order.x + 1 || asked.y + asked.height <= order.y + 1;
        assert.ok(apart, `${JSON.stringify(asked)} is over ${JSON.stringify(order)}`);
      }
      await resize(page, held);
      await touch(page, 'modifier-Media porción', 'sheet-done');
      await ana.cart.nth(2).waitFor();
    });

    step('turns the tablet, and sends what was typed', async () => {
      await resize(ana.page, turned);
      assert.equal(await ana.cart.count(), 3);
      assert.equal(await ana.send.innerText(), send);
      await ana.send.tap();
      await ana.tick('Yuca frita', 'printed');
      await stage.core.paper('Cocina', `Mesa ${table}`, 'Papa criolla', 'Media porción');
      await look('an order that was sent');
    });

    step('looks at the kitchen, where a cook is done with a finger', async () => {
      const number = await ana.ticketOf('Cocina');
      const opened = ana.page.context().waitForEvent('page');
      await touch(ana.page, 'nav-kitchen');
      const cook = new Kitchen(await opened);
      await signIn(cook.page, 'Cocina');
      await touch(cook.page, 'station-Cocina');
      await cook.ticket(number).waitFor();
      await inspect(cook.page, `the kitchen on a tablet, in ${language}`, [turned, held]);
      await touch(cook.page, `bump-${Number(number)}`);
      await cook.ticket(number).waitFor({ state: 'detached' });
      await ana.tick('Yuca frita', 'ready');
    });
  });
}
