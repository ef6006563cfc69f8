/**
 * Finding a product with the keyboard alone, and amounts that are never older than the cart.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { journey } from '../lib/journey.js';
import { Stage } from '../lib/stage.js';
import { until } from '../lib/until.js';

describe('the search', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;

  before(async () => {
    stage = await Stage.open();
    ana = await stage.till('Ana');
    await ana.openTable('4');
  });
  after(() => stage?.close());

  /** @param {string} text What stands over the tiles. */
  async function head(text) {
    await ana.page.getByTestId('search-head').filter({ hasText: text }).waitFor();
  }

  step('begins with the first letter, and says what Enter adds', async () => {
    await ana.page.keyboard.type('arroz');
    await head('3 resultados de «arroz»');
    await head('Enter agrega Arroz con pollo');
  });

  step('is led by the arrow keys, and Enter adds what is marked', async () => {
    await ana.page.keyboard.press('ArrowRight');
    await head('Enter agrega Arroz con coco');
    await ana.page.keyboard.press('Enter');
    await ana.cart.filter({ hasText: 'Arroz con coco' }).waitFor();
    assert.equal(await ana.cart.count(), 1);
    assert.equal(await ana.page.getByTestId('search').inputValue(), '', 'and the next search can begin');
  });

  step('finds names with a mistake and without their accents, and short codes', async () => {
    for (const [typed, found] of [
      ['ahiaco', 'Ajiaco santafereño'],
      ['chicharron', 'Arepitas con chicharrón'],
      ['502', 'Papa criolla'],
    ]) {
      await ana.page.getByTestId('search').fill(String(typed));
      await head(`Enter agrega ${found}`);
    }
  });

  step('says so when nothing answers or the product has run out, and Escape goes back', async () => {
    await ana.page.getByTestId('search').fill('aborrajados');
    await head('Aborrajados está agotado');
    await ana.page.getByTestId('search').fill('xyzqq');
    await ana.page.getByText('Ningún producto se llama «xyzqq».').waitFor();
    await ana.page.keyboard.press('Escape');
    await ana.page.getByTestId('category-Entradas').waitFor();
    assert.equal(await ana.page.getByTestId('search').inputValue(), '');
    assert.equal(await ana.cart.count(), 1, 'and the order is still in hand');
  });

  step('says which table Enter opens', async () => {
    await ana.page.getByTestId('nav-tables').click();
    await ana.page.getByTestId('search').fill('12');
    await ana.page.getByTestId('floor-says').filter({ hasText: 'Enter abre Mesa 12' }).waitFor();
    await ana.page.getByTestId('search').fill('zz');
    await ana.page.getByTestId('floor-says').filter({ hasText: 'Ninguna mesa' }).waitFor();
    await ana.page.keyboard.press('Escape');
  });

  step('is of the menu from the first letter, also when Enter comes before the menu', async () => {
    await ana.openTable('4');
    await ana.page.getByTestId('nav-tables').click();
    await ana.floor.waitFor();
    // As fast as a scanner: the whole of it before the screen can change.
    await ana.page.evaluate(() => {
      const press = (/** @type {string} */ key) => {
        const on = document.activeElement ?? document.body;
        on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      };
      press('5');
      const field = /** @type {HTMLInputElement} */ (document.querySelector('[data-testid="search"]'));
      field.value = '505';
      field.dispatchEvent(new Event('input', { bubbles: true }));
      press('Enter');
    });
    await ana.cart.filter({ hasText: 'Ensalada de la casa' }).waitFor();
    await ana.page.getByTestId('category-Entradas').waitFor();
    assert.equal(await ana.page.getByTestId('search').inputValue(), '');
    await ana.cart.filter({ hasText: 'Ensalada de la casa' }).click();
    await ana.page.getByTestId('line-remove').click();
  });

  step('never lets an old total look true', async () => {
    await ana.openTable('4');
    await ana.total('9.500');
    await ana.page.route('**/api/v1/quote_lines', (route) => route.abort());
    await ana.pick('Acompañamientos', '502');
    const notice = ana.page.getByTestId('quote-failed');
    await notice.waitFor();
    assert.match(await notice.innerText(), /No se sabe el total[\s\S]*conexión/);
    assert.doesNotMatch(await ana.page.getByTestId('order-total').innerText(), /\d/);
    assert.doesNotMatch(await ana.cart.last().innerText(), /11\.500/);
    await ana.page.unroute('**/api/v1/quote_lines');
    await ana.page.getByTestId('quote-again').click();
    await ana.total('21.000');
    await until('the notice is gone', async () => (await notice.count()) === 0);
  });
});
