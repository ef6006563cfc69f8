/**
 * Promise P8 for the waiter on the floor: a table says how far its paper is, and what is not on paper is one touch
 * away, with its cause and what can be done, in both languages.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { journey } from '../lib/journey.js';
import { LANGUAGES } from '../lib/speak.js';
import { Stage } from '../lib/stage.js';
import { until } from '../lib/until.js';
import { says } from '../lib/words.js';

const DRINK = 'Agua con gas (500 ml)';

const WORDS = {
  es: { badge: /Sin imprimir\s+1/, cause: /sin papel/i, table: 'Mesa', done: 'Todo está en papel.' },
  en: { badge: /Not printed\s+1/, cause: /out of paper/i, table: 'Table', done: 'Everything is on paper.' },
};

/** Each language's own tables: whose paper comes out, and whose does not. */
const TABLES = { es: { well: '2', ill: '5' }, en: { well: '3', ill: '6' } };

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

for (const language of LANGUAGES) {
  const words = WORDS[language];
  const { well, ill } = TABLES[language];

  describe(`what is not on paper, in ${language}`, () => {
    const step = journey();
    /** @type {import('../lib/till.js').Till} */
    let ana;

    before(async () => {
      ana = await stage.till('Ana', { language });
    });
    after(() => ana?.page.context().close());

    /** @param {string} table @param {string} tick @param {string} state */
    async function tableIs(table, tick, state) {
      const look = `[data-testid="table-${table}"][data-tick="${tick}"][data-state="${state}"]`;
      await ana.page.locator(look).waitFor();
    }

    const badge = () => ana.page.getByTestId('unprinted-badge');

    step('is nothing while all is well, and a table says when its paper is proved', async () => {
      await ana.openTable(well);
      await ana.pick('Acompañamientos', '502');
      await ana.sendOrder();
      await ana.page.getByTestId('nav-tables').click();
      await tableIs(well, 'printed', 'calm');
      assert.equal(await badge().count(), 0);
    });

    step('is said on the table and in the top bar of every screen', async () => {
      await stage.core.setCondition('Bar', 'paper_out');
      await ana.openTable(ill);
      await ana.pick('Bebidas', '607');
      await ana.sendOrder();
      await badge().waitFor();
      assert.match(await badge().innerText(), words.badge);
      await ana.page.getByTestId('nav-tables').click();
      await tableIs(ill, 'problem', 'alarm');
      await tableIs(well, 'printed', 'calm');
    });

    step('is a list with the cause of each ticket, from which its order opens', async () => {
      await badge().click();
      const sheet = ana.page.getByTestId('unprinted-sheet');
      const row = sheet.locator('[data-testid^="unprinted-Bar-"]');
      await row.filter({ hasText: words.cause }).waitFor();
      const told = await row.innerText();
      assert.ok(says(told, `${words.table} ${ill}`), told);
      assert.equal(await sheet.locator('li').count(), 1, 'what is on paper is not in it');
      await row.getByTestId('unprinted-open').click();
      await ana.page
        .getByTestId('order-title')
        .filter({ hasText: `${words.table} ${ill}` })
        .waitFor();
      await sheet.waitFor({ state: 'detached' });
      await ana.tick(DRINK, 'problem');
    });

    step('leads to the queue too, and is over by itself when the roll is changed', async () => {
      await badge().click();
      await ana.page.getByTestId('unprinted-queue').click();
      await ana.page.getByTestId('queue-panel').waitFor();
      await ana.page.getByTestId('close-sheet').click();
      await badge().click();
      await stage.core.setCondition('Bar', 'ready');
      await stage.core.paper('Bar', DRINK, `Mesa ${ill}`);
      await ana.page.getByTestId('unprinted-sheet').getByText(words.done).waitFor();
      await ana.page.keyboard.press('Escape');
      await until('the badge is gone', async () => (await badge().count()) === 0);
      await ana.page.getByTestId('nav-tables').click();
      await tableIs(ill, 'printed', 'calm');
    });

    step('is seen on the table once the station has seen it', async () => {
      const bar = await stage.kitchen('Bar');
      await tableIs(ill, 'seen', 'calm');
      await bar.page.context().close();
    });
  });
}
