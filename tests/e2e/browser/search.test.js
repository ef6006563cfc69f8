/**
 * Finding a product with the keyboard alone, and amounts that are never older than the cart, in both languages.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { journey } from '../lib/journey.js';
import { LANGUAGES } from '../lib/speak.js';
import { Stage } from '../lib/stage.js';
import { until } from '../lib/until.js';
import { says } from '../lib/words.js';

const WORDS = {
  es: {
    results: '3 resultados de «arroz»',
    adds: 'Enter agrega',
    soldOut: 'Aborrajados está agotado',
    nothing: 'Ningún producto se llama «xyzqq».',
    opens: 'Enter abre Mesa 12',
    noTable: 'Ninguna mesa',
    unknown: /No se sabe el total[\s\S]*conexión/,
    amounts: { kept: '9.500', added: '11.500', both: '21.000' },
  },
  en: {
    results: '3 results for “arroz”',
    adds: 'Enter adds',
    soldOut: 'Aborrajados is sold out',
    nothing: 'No product is called “xyzqq”.',
    opens: 'Enter opens Table 12',
    noTable: 'No table',
    unknown: /The total is not known[\s\S]*connection/,
    amounts: { kept: '9,500', added: '11,500', both: '21,000' },
  },
};

/** Each language's own table. */
const TABLES = { es: '4', en: '7' };

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

for (const language of LANGUAGES) {
  const words = WORDS[language];
  const table = TABLES[language];

  describe(`the search, in ${language}`, () => {
    const step = journey();
    /** @type {import('../lib/till.js').Till} */
    let ana;

    before(async () => {
      ana = await stage.till('Ana', { language });
      await ana.openTable(table);
    });
    after(() => ana?.page.context().close());

    /** @param {string} text What stands over the tiles. */
    async function head(text) {
      await ana.page.getByTestId('search-head').filter({ hasText: text }).waitFor();
    }

    step('begins with the first letter, and says what Enter adds', async () => {
      await ana.page.keyboard.type('arroz');
      await head(words.results);
      await head(`${words.adds} Arroz con pollo`);
    });

    step('is led by the arrow keys, and Enter adds what is marked', async () => {
      await ana.page.keyboard.press('ArrowRight');
      await head(`${words.adds} Arroz con coco`);
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
        await head(`${words.adds} ${found}`);
      }
    });

    step('says so when nothing answers or the product has run out, and Escape goes back', async () => {
      await ana.page.getByTestId('search').fill('aborrajados');
      await head(words.soldOut);
      await ana.page.getByTestId('search').fill('xyzqq');
      await ana.page.getByText(words.nothing).waitFor();
      await ana.page.keyboard.press('Escape');
      await ana.page.getByTestId('category-Entradas').waitFor();
      assert.equal(await ana.page.getByTestId('search').inputValue(), '');
      assert.equal(await ana.cart.count(), 1, 'and the order is still in hand');
    });

    step('says which table Enter opens', async () => {
      await ana.page.getByTestId('nav-tables').click();
      await ana.page.getByTestId('search').fill('12');
      await ana.page.getByTestId('floor-says').filter({ hasText: words.opens }).waitFor();
      await ana.page.getByTestId('search').fill('zz');
      await ana.page.getByTestId('floor-says').filter({ hasText: words.noTable }).waitFor();
      await ana.page.keyboard.press('Escape');
    });

    step('is of the menu from the first letter, also when Enter comes before the menu', async () => {
      await ana.openTable(table);
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
      await ana.openTable(table);
      await ana.total(words.amounts.kept);
      await ana.page.route('**/api/v1/quote_lines', (route) => route.abort());
      await ana.pick('Acompañamientos', '502');
      const notice = ana.page.getByTestId('quote-failed');
      await notice.waitFor();
      assert.match(await notice.innerText(), words.unknown);
      assert.doesNotMatch(await ana.page.getByTestId('order-total').innerText(), /\d/);
      const added = await ana.cart.last().innerText();
      assert.ok(!says(added, words.amounts.added), added);
      await ana.page.unroute('**/api/v1/quote_lines');
      await ana.page.getByTestId('quote-again').click();
      await ana.total(words.amounts.both);
      await until('the notice is gone', async () => (await notice.count()) === 0);
    });
  });
}
