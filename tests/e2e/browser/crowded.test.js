/**
 * The screens at their fullest: nothing is cut, out of reach or slow because there is much of it, in both themes, at
 * every size, and with text twice as large.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fill, FULL, LINES, PRODUCTS } from '../lib/crowd.js';
import { inspect, inspectLargeText, resize } from '../lib/inspect.js';
import { Stage } from '../lib/stage.js';
import { Till, signIn } from '../lib/till.js';
import { until } from '../lib/until.js';

/** More tiles than this are never drawn, however many there are. */
const DRAWN = 80;

/** Everything that the core has told the full till. @type {string[]} */
const heard = [];
/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
  const till = await stage.till('Ana');
  await till.openTable('3');
  await till.pick(FULL, '502');
  await till.sendOrder();
  await till.page.context().close();
});
after(() => stage?.close());

/** A till in a restaurant at its fullest. @param {'light' | 'dark'} colorScheme */
async function fullTill(colorScheme) {
  const context = await stage.context({ colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await fill(page);
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
  await page.goto(stage.core.url);
  await signIn(page, 'Ana');
  const till = new Till(page);
  await till.floor.waitFor();
  return till;
}

/** @param {Till} till */
async function openFullOrder(till) {
  await till.page.getByTestId('table-3').click();
  await until('all its lines are there', async () => {
    return (await till.page.getByTestId('sent-line').count()) === LINES;
  });
  await till.page.getByTestId(`category-${FULL}`).click();
}

for (const theme of /** @type {const} */ (['light', 'dark'])) {
  it(`keeps nobody out of a full restaurant in the ${theme} theme`, async () => {
    const till = await fullTill(theme);
    await inspect(till.page, 'a full floor');
    await inspectLargeText(till.page, 'a full floor');
    await openFullOrder(till);
    await inspect(till.page, 'a full menu and a long order');
    await inspectLargeText(till.page, 'a full menu and a long order');
    await till.page.getByTestId('product-502').click();
    await till.cart.first().waitFor();
    await till.page.keyboard.press('F7');
    await till.page.getByTestId('quantity-sheet').waitFor();
    await inspect(till.page, 'the keypad');
    await inspectLargeText(till.page, 'the keypad');
    await till.page.keyboard.press('Escape');
    await till.page.keyboard.press('?');
    await till.page.getByTestId('keys-sheet').waitFor();
    await inspect(till.page, 'the keys');
    await inspectLargeText(till.page, 'the keys');
    await till.page.keyboard.press('Escape');
    await till.page.getByTestId('user-menu').click();
    await till.page.getByTestId('lock').waitFor();
    await inspect(till.page, 'what a person may choose');
    await till.page.getByTestId('lock').click();
    await till.page.getByTestId('locked').waitFor();
    await inspect(till.page, 'a locked screen');
    await till.page.context().close();
  });

  it(`keeps nobody out of what is not printed, and of the pass, in the ${theme} theme`, async () => {
    const options = { colorScheme: theme, reducedMotion: /** @type {const} */ ('reduce') };
    await stage.core.setCondition('Bar', 'paper_out');
    const till = await stage.till('Luisa', options);
    await till.openTable(theme === 'light' ? '5' : '6');
    await till.pick('Bebidas', '607');
    await till.sendOrder();
    await till.page.getByTestId('unprinted-badge').click();
    await till.page.locator('[data-testid^="unprinted-Bar-"]').first().waitFor();
    await inspect(till.page, 'what is not printed');
    await inspectLargeText(till.page, 'what is not printed');
    const cook = await stage.kitchen('pass', options);
    await cook.page.getByTestId('pass').waitFor();
    if (theme === 'light') {
      await cook.page.getByTestId('kitchen-menu').click();
      await cook.page.getByTestId('theme-light').click();
      await cook.page.keyboard.press('Escape');
    }
    await inspect(cook.page, 'the pass');
    await inspectLargeText(cook.page, 'the pass');
    await stage.core.setCondition('Bar', 'ready');
    await cook.page.context().close();
    await till.page.context().close();
  });
}

describe('a category of three hundred products', () => {
  /** @type {Till} */
  let till;
  before(async () => {
    till = await fullTill('light');
    await openFullOrder(till);
  });
  after(() => till?.page.context().close());

  const drawn = () => till.page.locator('[data-at]').count();

  it('costs what is in sight, and every product can be reached', async () => {
    await till.page.getByTestId('product-c0').waitFor();
    assert.ok((await drawn()) < DRAWN, `${await drawn()} tiles`);
    await till.page.getByTestId('product-c0').hover();
    await till.page.mouse.wheel(0, 100_000);
    await till.page.getByTestId(`product-c${PRODUCTS - 1}`).waitFor();
    assert.ok((await drawn()) < DRAWN, `${await drawn()} tiles`);
    await till.page.getByTestId(`product-c${PRODUCTS - 2}`).click();
    await till.cart.first().waitFor();
  });

  it('stays where it was scrolled when somebody sells something', async () => {
    const seller = await stage.till('Luisa');
    await seller.openTable('8');
    await seller.pick('Bebidas', '607');
    const before = heard.length;
    await seller.sendOrder();
    await until('the stock is told', () => heard.slice(before).some((one) => one.includes('stock_changed')));
    await seller.page.context().close();
    await resize(till.page, { width: 1366, height: 768 });
    assert.equal(await till.page.getByTestId(`product-c${PRODUCTS - 1}`).count(), 1);
  });

  it('begins at its top again after another category', async () => {
    await till.page.getByTestId('category-Sopas').click();
    await till.page.getByTestId(`category-${FULL}`).click();
    await till.page.getByTestId('product-501').waitFor();
    assert.ok(await till.page.getByTestId('product-501').isVisible());
  });

  it('is walked through with the arrow keys, also past what is drawn', async () => {
    await till.page.getByTestId('product-501').focus();
    for (let rows = 0; rows < 25; rows += 1) {
      const before = await till.page.evaluate(() => document.activeElement?.getAttribute('data-at'));
      await till.page.keyboard.press('ArrowDown');
      await until('the next row has the focus', () =>
        till.page.evaluate((at) => {
          const now = document.activeElement?.getAttribute('data-at');
          return now !== undefined && now !== null && now !== at;
        }, before),
      );
    }
    const at = await till.page.evaluate(() => Number(document.activeElement?.getAttribute('data-at')));
    assert.ok(at > DRAWN, `it is at ${at}`);
  });
});
