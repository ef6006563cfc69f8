/**
 * What a person typed and has not sent belongs to the table: it outlives a reload, a closed window, a lock, and the
 * person.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { journey } from '../lib/journey.js';
import { Stage } from '../lib/stage.js';
import { PINS, signIn, Till, typePin } from '../lib/till.js';
import { until } from '../lib/until.js';

describe('an unsent cart', () => {
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

  /** Waits until the cart holds this, top to bottom. @param {string[]} rows */
  async function cartIs(...rows) {
    await until(`the cart is ${rows.join(' · ')}`, async () => {
      const texts = await ana.cart.evaluateAll((lines) =>
        lines.map((line) => {
          const said = (/** @type {string} */ part) => line.querySelector(part)?.textContent?.trim();
          return [said('.quantity'), said('.name'), said('.note')].filter(Boolean).join(' ');
        }),
      );
      assert.deepEqual(texts, rows);
      return true;
    });
  }

  step('is there after a reload, with its last tap', async () => {
    await ana.openTable('6');
    await ana.pick('Acompañamientos', '502');
    await ana.pick('Acompañamientos', '502');
    await ana.pick('Acompañamientos', '503');
    await ana.page.getByTestId('line-edit').click();
    await ana.page.getByTestId('phrase-sin sal').click();
    await ana.page.getByTestId('sheet-done').click();
    await ana.page.reload();
    await cartIs('2 Papa criolla', '1 Yuca frita «sin sal»');
    assert.match(await ana.page.getByTestId('order-title').innerText(), /Mesa 6/);
  });

  step('is there after its window was closed in the middle, and its table says so', async () => {
    await ana.pick('Acompañamientos', '504');
    const context = ana.page.context();
    await ana.page.close();
    const page = await context.newPage();
    await page.goto(stage.core.url);
    ana = new Till(page);
    await ana.page.getByTestId('table-6').getByText('Sin enviar').waitFor();
    await ana.openTable('6');
    await cartIs('2 Papa criolla', '1 Yuca frita «sin sal»', '1 Arroz con coco');
  });

  step('is there for its person after a lock, who types a PIN and nothing else', async () => {
    await ana.page.keyboard.press('F10');
    await ana.page.getByTestId('locked').waitFor();
    assert.equal(await ana.page.getByTestId('order-title').count(), 0, 'and nobody else sees it meanwhile');
    await typePin(ana.page, PINS.Ana);
    await cartIs('2 Papa criolla', '1 Yuca frita «sin sal»', '1 Arroz con coco');
  });

  step('is there for the next person at the same till', async () => {
    await ana.page.getByTestId('user-menu').click();
    await ana.page.getByTestId('lock').click();
    await ana.page.getByTestId('other-person').click();
    await signIn(ana.page, 'Luisa');
    await cartIs('2 Papa criolla', '1 Yuca frita «sin sal»', '1 Arroz con coco');
    assert.match(await ana.page.getByTestId('user-menu').innerText(), /Luisa/);
    await ana.sendOrder();
    await stage.core.paper('Cocina', 'Mesa 6', 'Luisa', 'sin sal');
  });

  step(
    'is there to its last tap when core and browser die, and the browser had not written it yet',
    async () => {
      await ana.openTable('8');
      await ana.pick('Acompañamientos', '502');
      const kept = ana.page.waitForResponse((response) => {
        return (
          response.url().endsWith('/keep_cart') && (response.request().postData() ?? '').includes('Yuca')
        );
      });
      await ana.pick('Acompañamientos', '503');
      await kept;
      await stage.core.cut();
      await ana.page.evaluate(() => {
        for (const key of Object.keys(localStorage)) {
          if (key.startsWith('fastops.drafts')) localStorage.removeItem(key);
        }
      });
      const context = ana.page.context();
      await ana.page.close();
      await stage.core.resume();
      const page = await context.newPage();
      await page.goto(stage.core.url);
      ana = new Till(page);
      await ana.page.getByTestId('table-8').getByText('Sin enviar').waitFor();
      await ana.openTable('8');
      await cartIs('1 Papa criolla', '1 Yuca frita');
      await ana.sendOrder();
      await stage.core.paper('Cocina', 'Mesa 8', 'Yuca');
    },
  );
});

describe('a till that nobody touches', () => {
  it('locks itself, and keeps the cart', async () => {
    const stage = await Stage.open();
    try {
      const context = await stage.context();
      await context.clock.install();
      const till = await Till.open(context, stage.core, 'Ana');
      await till.openTable('6');
      await till.pick('Acompañamientos', '502');
      await till.cart.first().waitFor();
      await context.clock.runFor('09:00');
      await till.page.mouse.click(5, 400);
      await context.clock.runFor('09:00');
      assert.equal(await till.page.getByTestId('sign-in').count(), 0, 'somebody was there');
      await context.clock.runFor('02:00');
      await till.page.getByTestId('locked').waitFor();
      await typePin(till.page, PINS.Ana);
      await till.cart.filter({ hasText: 'Papa criolla' }).waitFor();
    } finally {
      await stage.close();
    }
  });
});
