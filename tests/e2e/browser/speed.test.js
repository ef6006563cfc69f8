/**
 * An order in few taps, or in none: what a waiter does a hundred times in a shift, counted.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { journey } from '../lib/journey.js';
import { Stage } from '../lib/stage.js';
import { countTaps, hold } from '../lib/taps.js';
import { until } from '../lib/until.js';

describe('an order with the finger', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;

  before(async () => {
    stage = await Stage.open();
    ana = await stage.till('Ana');
  });
  after(() => stage?.close());

  /** The quantities in the cart, top to bottom. */
  const quantities = () =>
    ana.cart.evaluateAll((rows) => rows.map((row) => row.querySelector('.quantity')?.textContent));

  step('is the table, each item, and the send', async () => {
    await ana.openTable('3');
    await ana.page.getByTestId('category-Acompañamientos').click();
    await ana.page.getByTestId('nav-tables').click();
    const items = ['501', '502', '503', '502'];
    const taps = await countTaps(ana.page);
    await ana.page.getByTestId('table-4').click();
    for (const code of items) await ana.page.getByTestId(`product-${code}`).click();
    await ana.send.click();
    await ana.sent('Papa criolla').waitFor();
    assert.equal(await taps(), items.length + 2);
    await stage.core.paper('Cocina', 'Mesa 4', 'Papas a la francesa', 'Yuca frita');
  });

  step('goes where the second of two taps leads, however soon it comes', async () => {
    await ana.page.getByTestId('nav-tables').click();
    await ana.page.getByTestId('table-6').waitFor();
    await ana.page.evaluate((longerThanALinkWaits) => {
      for (const name of ['nav-tables', 'table-6']) {
        const target = document.querySelector(`[data-testid="${name}"]`);
        if (target instanceof HTMLElement) target.click();
      }
      return new Promise((resolve) => setTimeout(resolve, longerThanALinkWaits));
    }, 300);
    await ana.page.getByTestId('order-title').getByText('6').waitFor();
    assert.equal(
      await ana.page.getByTestId('menu').isVisible(),
      true,
      'the menu of the table is still there',
    );
  });

  step('is as many as are typed when a tile is held', async () => {
    await ana.openTable('5');
    const pad = ana.page.getByTestId('quantity-sheet');
    await hold(ana.page, ana.page.getByTestId('product-502'), pad);
    for (const digit of '12') await ana.page.getByTestId(`quantity-${digit}`).click();
    assert.match(await ana.page.getByTestId('quantity-done').innerText(), /Agregar 12/);
    await ana.page.getByTestId('quantity-done').click();
    await ana.cart.filter({ hasText: 'Papa criolla' }).waitFor();
    assert.deepEqual(await quantities(), ['12'], 'and the held press was no tap');
    await ana.total('138.000');
  });

  step('asks for the quantity before the questions of a product', async () => {
    await ana.page.getByTestId('category-Parrilla').click();
    await hold(ana.page, ana.page.getByTestId('product-401'), ana.page.getByTestId('quantity-sheet'));
    await ana.page.getByTestId('quantity-3').click();
    await ana.page.getByTestId('quantity-done').click();
    await ana.page.getByTestId('modifier-Término medio').click();
    await ana.page.getByTestId('group-Acompañamiento').getByTestId('modifier-Papa criolla').click();
    assert.match(await ana.page.getByTestId('sheet-done').innerText(), /Agregar 3/);
    await ana.page.getByTestId('sheet-done').click();
    await until('both lines have their quantity', async () => (await quantities()).join() === '12,3');
  });

  step('changes the quantity of a row that is held, or of which the number is touched', async () => {
    const row = ana.cart.filter({ hasText: 'Papa criolla' });
    await hold(ana.page, row.getByRole('button').first(), ana.page.getByTestId('quantity-sheet'));
    await ana.page.getByTestId('quantity-4').click();
    await ana.page.getByTestId('quantity-done').click();
    await until('the row has four', async () => (await quantities()).join() === '4,3');
    await row.getByRole('button').first().click();
    await row.getByTestId('line-quantity-value').click();
    await ana.page.getByTestId('quantity-6').click();
    await ana.page.getByTestId('quantity-0').click();
    assert.match(await ana.page.getByTestId('quantity-done').innerText(), /Cambiar a 60/);
    await ana.page.keyboard.press('Escape');
    assert.deepEqual(await quantities(), ['4', '3'], 'closed without the button nothing changes');
  });

  step('says what guests ask for most in a tap each', async () => {
    const row = ana.cart.filter({ hasText: 'Papa criolla' });
    await row.getByTestId('line-edit').click();
    await ana.page.getByTestId('phrase-sin sal').click();
    await ana.page.getByTestId('phrase-extra queso').click();
    await ana.page.getByTestId('phrase-sin cebolla').click();
    await ana.page.getByTestId('phrase-sin sal').click();
    assert.equal(await ana.page.getByTestId('sheet-note').inputValue(), 'extra queso, sin cebolla');
    await ana.page.getByTestId('sheet-done').click();
    await row.filter({ hasText: 'extra queso, sin cebolla' }).waitFor();
    await ana.sendOrder();
    await stage.core.paper('Cocina', 'Mesa 5', 'extra queso, sin cebolla');
  });
});

describe('an order with the keyboard alone', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;

  before(async () => {
    stage = await Stage.open();
    ana = await stage.till('Ana');
  });
  after(() => stage?.close());

  /** @param {string} text */
  async function search(text) {
    await ana.page.keyboard.type(text);
    await ana.page.getByTestId('enter-adds').filter({ hasText: 'Enter agrega' }).waitFor();
    await ana.page.keyboard.press('Enter');
  }

  step('opens the table, and finds products from any place', async () => {
    const taps = await countTaps(ana.page);
    await ana.page.keyboard.type('12');
    await ana.page.getByTestId('floor-says').filter({ hasText: 'Mesa 12' }).waitFor();
    await ana.page.keyboard.press('Enter');
    await ana.page.getByTestId('order-title').filter({ hasText: 'Mesa 12' }).waitFor();
    await search('papa cri');
    await ana.cart.filter({ hasText: 'Papa criolla' }).waitFor();
    await search('3*yuca');
    await ana.cart.filter({ hasText: 'Yuca frita' }).getByText('3', { exact: true }).first().waitFor();
    assert.equal(await taps(), 0);
  });

  step('leads through the questions of a product', async () => {
    await search('churrasco');
    await ana.page.getByTestId('product-sheet').waitFor();
    const chosen = (/** @type {string} */ name) =>
      ana.page.locator(`[data-testid="modifier-${name}"][aria-pressed="true"]`).first();
    await ana.page.keyboard.press('ArrowRight');
    await ana.page.keyboard.press('Enter');
    await ana.page.locator('[data-testid^="modifier-"][aria-pressed="true"]').first().waitFor();
    await until('the second question is asked', () =>
      ana.page.evaluate(
        () => document.activeElement?.closest('fieldset')?.dataset.testid === 'group-Acompañamiento',
      ),
    );
    await ana.page.keyboard.press('Enter');
    await until('the end is reached', () =>
      ana.page.evaluate(() => document.activeElement?.getAttribute('data-testid') === 'sheet-done'),
    );
    assert.equal(await chosen('Término medio').count(), 1);
    await ana.page.keyboard.press('Enter');
    await ana.cart.filter({ hasText: 'Churrasco' }).waitFor();
  });

  step('is not disturbed by a scan while a product asks', async () => {
    await search('churrasco');
    await ana.page.getByTestId('product-sheet').waitFor();
    const chosen = ana.page.locator('[data-testid^="modifier-"][aria-pressed="true"]');
    await ana.page.evaluate(() => {
      // A scanner is faster than a driven browser: its keys come from the page itself.
      const target = document.activeElement ?? document.body;
      for (const key of [...'7701234567890', 'Enter']) {
        const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
        if (target.dispatchEvent(event) && key === 'Enter' && target instanceof HTMLElement) target.click();
      }
    });
    await ana.page.getByTestId('toast').filter({ hasText: '7701234567890' }).waitFor();
    assert.equal(await chosen.count(), 0, 'and nothing was answered');
    await ana.page.keyboard.press('Escape');
    await ana.page.getByTestId('product-sheet').waitFor({ state: 'detached' });
  });

  step('counts, removes and sends', async () => {
    const row = ana.cart.filter({ hasText: 'Churrasco' });
    await ana.page.keyboard.press('+');
    await ana.page.keyboard.press('+');
    await ana.page.keyboard.press('-');
    await row.locator('.quantity').filter({ hasText: '2' }).waitFor();
    await ana.page.keyboard.press('F7');
    await ana.page.keyboard.type('5');
    await ana.page.keyboard.press('Enter');
    await row.locator('.quantity').filter({ hasText: '5' }).waitFor();
    await ana.page.keyboard.press('Delete');
    await row.waitFor({ state: 'detached' });
    await ana.page.keyboard.press('F9');
    await ana.sent('Yuca frita').waitFor();
    await stage.core.paper('Cocina', 'Mesa 12', 'Papa criolla', 'Yuca frita');
  });

  step('is told by the list behind «?», in the language of the screen', async () => {
    await ana.page.keyboard.press('?');
    const list = ana.page.getByTestId('keys-sheet');
    await list.waitFor();
    assert.match(await list.innerText(), /F9\s+Envía a cocina/);
    await ana.page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    assert.equal(await ana.page.getByTestId('order-title').count(), 1, 'and Escape went one step only');
    await ana.page.keyboard.type('a?');
    assert.equal(await ana.page.getByTestId('search').inputValue(), 'a?', 'a sign in a field is a sign');
  });

  step('goes back one step with each Escape', async () => {
    await ana.page.keyboard.press('Escape');
    assert.equal(await ana.page.getByTestId('search').inputValue(), '');
    await ana.page.getByTestId('menu').waitFor();
    await ana.page.keyboard.press('Escape');
    await ana.floor.waitFor();
    assert.equal(await ana.page.getByTestId('order-title').count(), 1);
    await ana.page.keyboard.press('Escape');
    await ana.page.getByTestId('order-title').waitFor({ state: 'detached' });
  });
});
