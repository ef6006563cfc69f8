/**
 * The demonstration shows its paper: a person sees the slip come out, breaks a printer with one touch, and
 * reads on the same screen what the product says about it.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { accessibilityFindings, smallTargets } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { Stage } from '../lib/stage.js';
import { says } from '../lib/words.js';

describe('the paper of the demonstration', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  before(async () => {
    stage = await Stage.open();
    ana = await stage.till('Ana');
    await ana.page.getByTestId('paper-toggle').click();
  });
  after(() => stage?.close());

  step('says that nothing was printed yet', async () => {
    const lane = ana.page.getByTestId('printer-Cocina');
    await lane.getByText('Todavía no ha impreso nada').waitFor();
    assert.equal(await lane.getAttribute('data-condition'), 'ready');
  });

  step('closes with Escape and leaves the order in hand alone', async () => {
    await ana.page.keyboard.press('Escape');
    await ana.page.getByTestId('paper-drawer').waitFor({ state: 'detached' });
    await ana.openTable('6');
    await ana.pick('Acompañamientos', '503');
    await ana.page.getByTestId('paper-toggle').click();
    await ana.page.keyboard.press('Escape');
    assert.equal(await ana.cart.count(), 1);
    await ana.page.getByTestId('paper-toggle').click();
  });

  step('shows the slip that comes out, as a picture with its words', async () => {
    await ana.sendOrder();
    const slip = ana.page.getByTestId('slip-Cocina-1');
    await slip.waitFor();
    const picture = slip.getByRole('img');
    const words = (await picture.getAttribute('alt')) ?? '';
    assert.ok(says(words, 'Mesa 6', 'Yuca frita'), words);
    await picture.evaluate((/** @type {HTMLImageElement} */ image) => image.decode());
    await slip.click();
    await ana.page.locator('dialog img').waitFor();
    await ana.page.keyboard.press('Escape');
    await ana.page.locator('dialog').waitFor({ state: 'detached' });
    assert.ok(await ana.page.getByTestId('paper-drawer').isVisible(), 'Escape went one step back');
  });

  step('breaks a printer, and the screen beside it says so', async () => {
    await ana.page.getByTestId('condition-Cocina-cover_open').click();
    await ana.page.locator('[data-testid="printer-Cocina"][data-condition="cover_open"]').waitFor();
    await ana.page.getByTestId('paper-toggle').click();
    await ana.pick('Acompañamientos', '502');
    await ana.sendOrder();
    await ana.page.getByTestId('paper-toggle').click();
    await ana.page.locator('[data-testid="pulse-Cocina"][data-state="alarm"]').waitFor();
    assert.deepEqual(await accessibilityFindings(ana.page), []);
    assert.deepEqual((await smallTargets(ana.page)).findings, []);
    await ana.page.getByTestId('condition-Cocina-ready').click();
    await ana.page.getByTestId('slip-Cocina-2').waitFor();
    await ana.page.locator('[data-testid="pulse-Cocina"][data-state="calm"]').waitFor();
  });
});
