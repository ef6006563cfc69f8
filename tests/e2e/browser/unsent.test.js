/**
 * What a person typed and has not sent belongs to the table: it outlives a reload, a closed window, a lock, and the
 * person, in both languages.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { journey } from '../lib/journey.js';
import { LANGUAGES } from '../lib/speak.js';
import { Stage } from '../lib/stage.js';
import { PINS, signIn, Till, typePin } from '../lib/till.js';
import { until } from '../lib/until.js';

const WORDS = {
  es: { salt: 'sin sal', table: 'Mesa', unsent: 'Sin enviar' },
  en: { salt: 'no salt', table: 'Table', unsent: 'Not sent' },
};

/** Each language's own tables: one for a cart that many go on with, one for when all dies, one for a till left alone. */
const TABLES = { es: { cart: '6', dying: '8', alone: '3' }, en: { cart: '7', dying: '9', alone: '4' } };

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

for (const language of LANGUAGES) {
  const words = WORDS[language];
  const tables = TABLES[language];
  const salted = `1 Yuca frita «${words.salt}»`;

  describe(`an unsent cart, in ${language}`, () => {
    const step = journey();
    /** @type {import('../lib/till.js').Till} */
    let ana;

    before(async () => {
      ana = await stage.till('Ana', { language });
    });
    after(() => ana?.page.context().close());

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
      await ana.openTable(tables.cart);
      await ana.pick('Acompañamientos', '502');
      await ana.pick('Acompañamientos', '502');
      await ana.pick('Acompañamientos', '503');
      await ana.page.getByTestId('line-edit').click();
      await ana.page.getByTestId(`phrase-${words.salt}`).click();
      await ana.page.getByTestId('sheet-done').click();
      await ana.page.reload();
      await cartIs('2 Papa criolla', salted);
      assert.equal(await ana.page.getByTestId('order-title').innerText(), `${words.table} ${tables.cart}`);
    });

    step('is there after its window was closed in the middle, and its table says so', async () => {
      await ana.pick('Acompañamientos', '504');
      const context = ana.page.context();
      await ana.page.close();
      const page = await context.newPage();
      await page.goto(stage.core.url);
      ana = new Till(page);
      await ana.page.getByTestId(`table-${tables.cart}`).getByText(words.unsent).waitFor();
      await ana.openTable(tables.cart);
      await cartIs('2 Papa criolla', salted, '1 Arroz con coco');
    });

    step('is there for its person after a lock, who types a PIN and nothing else', async () => {
      await ana.page.keyboard.press('F10');
      await ana.page.getByTestId('locked').waitFor();
      assert.equal(await ana.page.getByTestId('order-title').count(), 0, 'and nobody else sees it meanwhile');
      await typePin(ana.page, PINS.Ana);
      await cartIs('2 Papa criolla', salted, '1 Arroz con coco');
    });

    step('is there for the next person at the same till', async () => {
      await ana.page.getByTestId('user-menu').click();
      await ana.page.getByTestId('lock').click();
      await ana.page.getByTestId('other-person').click();
      await signIn(ana.page, 'Luisa');
      await cartIs('2 Papa criolla', salted, '1 Arroz con coco');
      assert.match(await ana.page.getByTestId('user-menu').innerText(), /Luisa/);
      await ana.sendOrder();
      await stage.core.paper('Cocina', `Mesa ${tables.cart}`, 'Luisa', words.salt);
    });

    step(
      'is there to its last tap when core and browser die, and the browser had not written it yet',
      async () => {
        await ana.openTable(tables.dying);
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
        await ana.page.getByTestId(`table-${tables.dying}`).getByText(words.unsent).waitFor();
        await ana.openTable(tables.dying);
        await cartIs('1 Papa criolla', '1 Yuca frita');
        await ana.sendOrder();
        await stage.core.paper('Cocina', `Mesa ${tables.dying}`, 'Yuca');
      },
    );
  });

  describe(`a till that nobody touches, in ${language}`, () => {
    it('locks itself, and keeps the cart', async () => {
      const context = await stage.context({ language });
      try {
        await context.clock.install();
        const till = await Till.open(context, stage.core, 'Ana');
        await till.openTable(tables.alone);
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
        await context.close();
      }
    });
  });
}
