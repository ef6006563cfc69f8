/**
 * The two real windows of the desktop program: what is ordered in one appears in the other and on the
 * simulated paper.
 */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { Desktop } from '../lib/desktop.js';
import { journey } from '../lib/journey.js';
import { outFolder } from '../lib/paths.js';
import { until } from '../lib/until.js';
import { missing, says } from '../lib/words.js';

const PRODUCT = 'Papa criolla';

describe('the desktop program', () => {
  const step = journey();
  /** @type {Desktop} */
  let desktop;
  /** @type {string} */
  let out;
  /** Number of the ticket, as on the paper. */
  let number = '';

  before(async () => {
    out = await outFolder();
    desktop = await Desktop.start({ stranger: true });
  });
  after(async () => {
    await desktop?.stop();
  });

  step('opens the till, and the kitchen in a window of its own', async () => {
    await desktop.focus('main');
    await desktop.signIn('Camila', '1111');
    await desktop.find('floor');
    await desktop.click('nav-kitchen');
    await desktop.focus('kitchen');
    await desktop.signIn('Cocina', '6666');
    await desktop.click('station-Cocina');
    await desktop.find('nothing-to-do');
  });

  step('prints what is ordered in the main window', async () => {
    await desktop.focus('main');
    await desktop.click('table-12');
    await desktop.click('category-Acompañamientos');
    await desktop.click('product-502');
    await desktop.find('cart-line');
    await desktop.click('send-order');
    await desktop.find('sent-line');
    const row = desktop.driver.$('[data-testid^="ticket-"][data-station="Cocina"]');
    await row.waitForDisplayed();
    number = ((await row.getAttribute('data-testid')) ?? '').replace('ticket-', '');
    await until('the paper is out', async () => {
      const printers = await desktop.call('list_demo_printers', {});
      const kitchen = printers.find((/** @type {{ name: string }} */ one) => one.name === 'Cocina');
      return kitchen.slips.some((/** @type {{ text: string }} */ slip) =>
        says(slip.text, `#${number}`, PRODUCT),
      );
    });
  });

  step('shows it in the kitchen’s window, with the same number and words', async () => {
    await desktop.focus('kitchen');
    const card = await desktop.find(`ticket-${Number(number)}`);
    const text = await card.getText();
    assert.deepEqual(missing(text, `#${number}`, 'Mesa 12', PRODUCT, 'Camila'), [], text);
    await desktop.picture(path.join(out, 'desktop-kitchen.png'));
    await desktop.focus('main');
    await desktop.driver.$('[data-testid="tick"][data-tick="seen"]').waitForExist();
    await desktop.picture(path.join(out, 'desktop-main.png'));
  });

  step('tells the main window when the kitchen is done', async () => {
    await desktop.focus('kitchen');
    await desktop.click(`bump-${Number(number)}`);
    await desktop.find('nothing-to-do');
    await desktop.focus('main');
    await desktop.driver.$('[data-testid="tick"][data-tick="ready"]').waitForExist();
  });

  step('obeys the keys of a bump bar: what is done is back, and done again', async () => {
    await desktop.focus('kitchen');
    await desktop.driver.keys('r');
    await desktop.find(`ticket-${Number(number)}`);
    await desktop.driver.keys('1');
    await desktop.find('nothing-to-do');
    await desktop.focus('main');
    await desktop.driver.$('[data-testid="tick"][data-tick="ready"]').waitForExist();
  });

  step('keeps the products among the downloads, says where, and takes no other file’s place', async () => {
    await desktop.click('nav-menu');
    /** @type {string[]} */
    let files = [];
    for (const count of [1, 2]) {
      await desktop.click('export-products');
      await desktop.click('export-xlsx');
      await until('the file is there', async () => {
        files = await readdir(desktop.downloads);
        return files.length === count;
      });
      await desktop.driver.$('[data-testid="export-sheet"]').waitForExist({ reverse: true });
    }
    const told = await desktop.driver.$$('[data-testid="toast"]').map((toast) => toast.getText());
    assert.ok(
      files.some((file) => told.some((text) => text.includes(path.join(desktop.downloads, file)))),
      told.join('\n'),
    );
    for (const file of files) {
      const bytes = await readFile(path.join(desktop.downloads, file));
      assert.equal(bytes.subarray(0, 2).toString('latin1'), 'PK', file);
    }
  });
});
