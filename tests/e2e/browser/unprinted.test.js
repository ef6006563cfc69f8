/**
 * Promise P8 for the waiter on the floor: a table says how far its paper is, and what is not on paper is one touch
 * away, with its cause and what can be done.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { journey } from '../lib/journey.js';
import { Stage } from '../lib/stage.js';
import { until } from '../lib/until.js';

const DRINK = 'Agua con gas (500 ml)';

describe('what is not on paper', () => {
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

  /** @param {string} table @param {string} tick @param {string} state */
  async function tableIs(table, tick, state) {
    const look = `[data-testid="table-${table}"][data-tick="${tick}"][data-state="${state}"]`;
    await ana.page.locator(look).waitFor();
  }

  const badge = () => ana.page.getByTestId('unprinted-badge');

  step('is nothing while all is well, and a table says when its paper is proved', async () => {
    await ana.openTable('2');
    await ana.pick('Acompañamientos', '502');
    await ana.sendOrder();
    await ana.page.getByTestId('nav-tables').click();
    await tableIs('2', 'printed', 'calm');
    assert.equal(await badge().count(), 0);
  });

  step('is said on the table and in the top bar of every screen', async () => {
    await stage.core.setCondition('Bar', 'paper_out');
    await ana.openTable('5');
    await ana.pick('Bebidas', '607');
    await ana.sendOrder();
    await badge().waitFor();
    assert.match(await badge().innerText(), /Sin imprimir\s+1/);
    await ana.page.getByTestId('nav-tables').click();
    await tableIs('5', 'problem', 'alarm');
    await tableIs('2', 'printed', 'calm');
  });

  step('is a list with the cause of each ticket, from which its order opens', async () => {
    await badge().click();
    const sheet = ana.page.getByTestId('unprinted-sheet');
    const row = sheet.locator('[data-testid^="unprinted-Bar-"]');
    await row.filter({ hasText: /sin papel/i }).waitFor();
    assert.match(await row.innerText(), /Mesa 5/);
    assert.equal(await sheet.locator('li').count(), 1, 'what is on paper is not in it');
    await row.getByTestId('unprinted-open').click();
    await ana.page.getByTestId('order-title').filter({ hasText: 'Mesa 5' }).waitFor();
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
    await stage.core.paper('Bar', DRINK);
    await ana.page.getByTestId('unprinted-sheet').getByText('Todo está en papel.').waitFor();
    await ana.page.keyboard.press('Escape');
    await until('the badge is gone', async () => (await badge().count()) === 0);
    await ana.page.getByTestId('nav-tables').click();
    await tableIs('5', 'printed', 'calm');
  });

  step('is seen on the table once the station has seen it', async () => {
    await stage.kitchen('Bar');
    await tableIs('5', 'seen', 'calm');
  });
});
