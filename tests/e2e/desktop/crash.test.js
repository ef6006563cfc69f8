/**
 * What is typed in the real window outlives its death to the last tap, also what its web view had not written yet.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { Desktop } from '../lib/desktop.js';
import { journey } from '../lib/journey.js';
import { temporaryFolder } from '../lib/paths.js';
import { until } from '../lib/until.js';

const TYPED = ['Papa criolla', 'Yuca frita', 'Arroz con coco'];

describe('a till that dies with something typed', () => {
  const step = journey();
  /** @type {Desktop} */
  let desktop;
  /** @type {{ folder: string, remove: () => Promise<void> }} */
  let own;

  before(async () => {
    own = await temporaryFolder();
  });
  after(async () => {
    await desktop?.stop();
    await own?.remove();
  });

  const open = async () => {
    desktop = await Desktop.start({ data: path.join(own.folder, 'data'), stranger: true });
    await desktop.focus('main');
  };

  /** What the core has of the cart, as one text. */
  async function kept() {
    const machine = await desktop.driver.execute(() => localStorage.getItem('fastops.machine'));
    /** @type {{ carts: { content: string | null }[] }} */
    const { carts } = await desktop.call('get_carts', { machine_id: machine });
    return carts.map((cart) => cart.content).join();
  }

  step('has it on disk a moment after each tap', async () => {
    await open();
    await desktop.signIn('Camila', '1111');
    await desktop.click('table-12');
    await desktop.click('category-Acompañamientos');
    for (const code of ['502', '503', '504']) await desktop.click(`product-${code}`);
    await until('the last tap is kept', async () => (await kept()).includes('Arroz con coco'));
    await desktop.crash();
    await desktop.stop();
  });

  step('shows it when the program is opened again, and sends it once', async () => {
    await open();
    await desktop.click('table-12');
    await until('the cart is there', async () => {
      const lines = await desktop.driver.$$('[data-testid="cart-line"]').map((line) => line.getText());
      return lines.length === TYPED.length && TYPED.every((name, at) => lines[at]?.includes(name));
    });
    await desktop.click('send-order');
    await until('all of it is sent', async () => {
      const sent = await desktop.driver.$$('[data-testid="sent-line"]').map((line) => line.getText());
      return TYPED.every((name) => sent.filter((line) => line.includes(name)).length === 1);
    });
    assert.equal(await desktop.driver.$$('[data-testid="cart-line"]').length, 0);
  });
});
