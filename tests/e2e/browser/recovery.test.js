/**
 * Promise R5 at the host without a window: damaged data is not passed over, the person is told what can be had
 * back, and one command brings it back.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { launch, person } from '../lib/browser.js';
import { cli } from '../lib/cli.js';
import { journey } from '../lib/journey.js';
import { ClosedShop, KEPT, LOST, PRODUCT } from '../lib/shop.js';
import { Till } from '../lib/till.js';
import { missing } from '../lib/words.js';

/** Exit code of data that cannot be used. */
const DATA_UNUSABLE = 4;

describe('damaged data at the host without a window', () => {
  const step = journey();
  /** @type {ClosedShop} */
  let shop;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Buffer} */
  let damaged;

  before(async () => {
    shop = await ClosedShop.make();
    browser = await launch();
    damaged = await shop.damage();
  });
  after(async () => {
    await browser?.close();
    await shop?.remove();
  });

  /** @param {'es' | 'en'} lang */
  function serve(lang) {
    return cli('serve', '--data', shop.folder, '--listen', '127.0.0.1:0', '--lang', lang);
  }

  step('is refused, kept, and told with the last order that can be had back', async () => {
    const { code, failure } = await serve('es');
    assert.equal(code, DATA_UNUSABLE);
    assert.equal(failure.code, 'data_damaged');
    const facts = ['está dañado', 'No se borró', 'último pedido es el 1', 'fastops-cli restore --newest'];
    assert.deepEqual(missing(failure.message, ...facts), [], failure.message);
    assert.deepEqual(await shop.setAside('damaged'), [damaged]);
    assert.equal(await shop.hasDatabase(), false, 'and nothing was put in its place');
  });

  step('is refused again, in English too, instead of starting from scratch', async () => {
    const { code, failure } = await serve('en');
    assert.equal(code, DATA_UNUSABLE);
    assert.equal(failure.code, 'data_missing');
    const facts = ['gone or empty', 'Nothing was started from scratch', 'last order is 1'];
    assert.deepEqual(missing(failure.message, ...facts), [], failure.message);
    assert.equal(await shop.hasDatabase(), false);
  });

  step('is back after one command, as it was at the backup', async () => {
    const { code, answer } = await cli('restore', '--newest', '--data', shop.folder);
    assert.equal(code, 0);
    assert.equal(answer.last_order.number, 1);
    await shop.core.resume();
    const till = await Till.open(await person(browser), shop.core, 'Ana');
    await till.openTable(KEPT);
    await till.sent(PRODUCT).waitFor();
    await till.page.getByTestId('nav-tables').click();
    await till.page.locator(`[data-testid="table-${LOST}"][data-state="free"]`).waitFor();
    assert.deepEqual(await shop.setAside('damaged'), [damaged], 'what was damaged is still there');
  });
});
