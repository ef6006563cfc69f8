/**
 * An order in few taps, or in none: what a waiter does a hundred times in a shift, counted, in both languages.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { journey } from '../lib/journey.js';
import { LANGUAGES } from '../lib/speak.js';
import { Stage } from '../lib/stage.js';
import { countTaps, hold } from '../lib/taps.js';
import { until } from '../lib/until.js';

const WORDS = {
  es: {
    add: 'Agregar',
    change: 'Cambiar a',
    total: '138.000',
    phrases: ['sin sal', 'extra queso', 'sin cebolla'],
    table: 'Mesa',
    enterAdds: 'Enter agrega',
    sends: /F9\s+Envía a cocina/,
  },
  en: {
    add: 'Add',
    change: 'Change to',
    total: '138,000',
    phrases: ['no salt', 'extra cheese', 'no onion'],
    table: 'Table',
    enterAdds: 'Enter adds',
    sends: /F9\s+Sends to the kitchen/,
  },
};

/** Whose tables these are: nobody meets the other language's orders. */
const TABLES = {
  es: { before: '3', few: '4', second: '6', many: '5', keys: '12' },
  en: { before: '7', few: '8', second: '10', many: '9', keys: '11' },
};

/** Products that ask once, and twice. @type {Array<{ category: string, code: string, answers: [string, string][] }>} */
const ASKING = [
  { category: 'Sopas', code: '201', answers: [['Porción', 'Media porción']] },
  {
    category: 'Parrilla',
    code: '401',
    answers: [
      ['Término de la carne', 'Término medio'],
      ['Acompañamiento', 'Papa criolla'],
    ],
  },
];

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

for (const language of LANGUAGES) {
  const words = WORDS[language];
  const tables = TABLES[language];

  describe(`an order with the finger, in ${language}`, () => {
    const step = journey();
    /** @type {import('../lib/till.js').Till} */
    let ana;

    before(async () => {
      ana = await stage.till('Ana', { language });
    });
    after(() => ana?.page.context().close());

    /** The quantities in the cart, top to bottom. */
    const quantities = () =>
      ana.cart.evaluateAll((rows) => rows.map((row) => row.querySelector('.quantity')?.textContent));

    step('is the table, each item, and the send', async () => {
      await ana.openTable(tables.before);
      await ana.page.getByTestId('category-Acompañamientos').click();
      await ana.page.getByTestId('nav-tables').click();
      const items = ['501', '502', '503', '502'];
      const taps = await countTaps(ana.page);
      await ana.page.getByTestId(`table-${tables.few}`).click();
      for (const code of items) await ana.page.getByTestId(`product-${code}`).click();
      await ana.send.click();
      await ana.sent('Papa criolla').waitFor();
      assert.equal(await taps(), items.length + 2);
      await stage.core.paper('Cocina', `Mesa ${tables.few}`, 'Papas a la francesa', 'Yuca frita');
    });

    step('goes where the second of two taps leads, however soon it comes', async () => {
      await ana.page.getByTestId('nav-tables').click();
      await ana.page.getByTestId(`table-${tables.second}`).waitFor();
      await ana.page.evaluate(
        ({ targets, longerThanALinkWaits }) => {
          for (const name of targets) {
            const target = document.querySelector(`[data-testid="${name}"]`);
            if (target instanceof HTMLElement) target.click();
          }
          return new Promise((resolve) => setTimeout(resolve, longerThanALinkWaits));
        },
        { targets: ['nav-tables', `table-${tables.second}`], longerThanALinkWaits: 300 },
      );
      await ana.page.getByTestId('order-title').getByText(tables.second).waitFor();
      assert.equal(
        await ana.page.getByTestId('menu').isVisible(),
        true,
        'the menu of the table is still there',
      );
    });

    step('is as many as are typed when a tile is held', async () => {
      await ana.openTable(tables.many);
      const pad = ana.page.getByTestId('quantity-sheet');
      await hold(ana.page, ana.page.getByTestId('product-502'), pad);
      for (const digit of '12') await ana.page.getByTestId(`quantity-${digit}`).click();
      assert.match(await ana.page.getByTestId('quantity-done').innerText(), new RegExp(`${words.add} 12`));
      await ana.page.getByTestId('quantity-done').click();
      await ana.cart.filter({ hasText: 'Papa criolla' }).waitFor();
      assert.deepEqual(await quantities(), ['12'], 'and the held press was no tap');
      await ana.total(words.total);
    });

    step('asks for the quantity before the questions of a product', async () => {
      await ana.page.getByTestId('category-Parrilla').click();
      await hold(ana.page, ana.page.getByTestId('product-401'), ana.page.getByTestId('quantity-sheet'));
      await ana.page.getByTestId('quantity-3').click();
      await ana.page.getByTestId('quantity-done').click();
      await ana.page.getByTestId('modifier-Término medio').click();
      await ana.page.getByTestId('group-Acompañamiento').getByTestId('modifier-Papa criolla').click();
      assert.match(await ana.page.getByTestId('sheet-done').innerText(), new RegExp(`${words.add} 3`));
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
      assert.match(await ana.page.getByTestId('quantity-done').innerText(), new RegExp(`${words.change} 60`));
      await ana.page.keyboard.press('Escape');
      assert.deepEqual(await quantities(), ['4', '3'], 'closed without the button nothing changes');
    });

    step('says what guests ask for most in a tap each', async () => {
      const row = ana.cart.filter({ hasText: 'Papa criolla' });
      await row.getByTestId('line-edit').click();
      const [regretted, ...kept] = words.phrases;
      for (const phrase of [...words.phrases, regretted]) {
        await ana.page.getByTestId(`phrase-${phrase}`).click();
      }
      const note = kept.join(', ');
      assert.equal(await ana.page.getByTestId('sheet-note').inputValue(), note);
      await ana.page.getByTestId('sheet-done').click();
      await row.filter({ hasText: note }).waitFor();
      await ana.sendOrder();
      await stage.core.paper('Cocina', `Mesa ${tables.many}`, note);
    });

    step('is the tile, an answer to each question, and the end, where a product asks', async () => {
      for (const { category, code, answers } of ASKING) {
        await ana.page.getByTestId(`category-${category}`).click();
        const taps = await countTaps(ana.page);
        await ana.page.getByTestId(`product-${code}`).click();
        for (const [group, answer] of answers) {
          await ana.page.getByTestId(`group-${group}`).getByTestId(`modifier-${answer}`).click();
        }
        await ana.page.getByTestId('sheet-done').click();
        await ana.page.getByTestId('product-sheet').waitFor({ state: 'detached' });
        assert.equal(await taps(), answers.length + 2);
      }
      assert.deepEqual(await quantities(), ['1', '1']);
    });
  });

  describe(`an order with the keyboard alone, in ${language}`, () => {
    const step = journey();
    /** @type {import('../lib/till.js').Till} */
    let ana;

    before(async () => {
      ana = await stage.till('Ana', { language });
    });
    after(() => ana?.page.context().close());

    /** @param {string} text */
    async function search(text) {
      await ana.page.keyboard.type(text);
      await ana.page.getByTestId('enter-adds').filter({ hasText: words.enterAdds }).waitFor();
      await ana.page.keyboard.press('Enter');
    }

    step('opens the table, and finds products from any place', async () => {
      const place = `${words.table} ${tables.keys}`;
      const taps = await countTaps(ana.page);
      await ana.page.keyboard.type(tables.keys);
      await ana.page.getByTestId('floor-says').filter({ hasText: place }).waitFor();
      await ana.page.keyboard.press('Enter');
      await ana.page.getByTestId('order-title').filter({ hasText: place }).waitFor();
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
      await stage.core.paper('Cocina', `Mesa ${tables.keys}`, 'Papa criolla', 'Yuca frita');
    });

    step('is told by the list behind «?», in the language of the screen', async () => {
      await ana.page.keyboard.press('?');
      const list = ana.page.getByTestId('keys-sheet');
      await list.waitFor();
      assert.match(await list.innerText(), words.sends);
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
}
