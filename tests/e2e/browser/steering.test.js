/**
 * A printer that fails beside one that stands in for it, and the print engine in a person's hands: whoever may
 * steer it does so from the panel, everyone else sees the same facts, and turbo has its sign on every screen. Whoever
 * steers reads English, the others Spanish.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { journey } from '../lib/journey.js';
import { QueuePanel } from '../lib/queue-panel.js';
import { Stage } from '../lib/stage.js';
import { openWithStandIn } from '../lib/stand-in.js';

const FIRST = 'Papa criolla';
const SECOND = 'Yuca frita';

describe('a printer with a stand-in', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  /** @type {import('../lib/till.js').Till} */
  let camila;
  /** @type {import('../lib/kitchen.js').Kitchen} */
  let cook;
  /** @type {QueuePanel} */
  let panel;

  before(async () => {
    stage = await openWithStandIn();
    ana = await stage.till('Ana');
    camila = await stage.till('Camila', { language: 'en' });
    cook = await stage.kitchen('Cocina');
  });
  after(() => stage?.close());

  step('fails, and its ticket comes out at the other one', async () => {
    await stage.core.setCondition('Cocina', 'paper_out');
    await ana.openTable('5');
    await ana.pick('Acompañamientos', '502');
    await ana.sendOrder();
    await stage.core.paper('Bar', 'RESPALDO DE COCINA', FIRST);
    assert.deepEqual(await stage.core.slips('Cocina', FIRST), []);
    const number = await ana.ticketOf('Cocina');
    await cook.ticket(number).waitFor();
  });

  step('is said where each person looks', async () => {
    for (const [till, words] of /** @type {const} */ ([
      [ana, /en Bar/],
      [camila, /at Bar/],
    ])) {
      await till.page.locator('[data-testid="pulse-Cocina"][data-stand-in="Bar"]').waitFor();
      assert.match(await till.page.getByTestId('pulse-Cocina').innerText(), words);
    }
    await cook.page.getByTestId('trouble-Cocina').filter({ hasText: 'Bar imprime en su lugar' }).waitFor();
    await ana.page.getByTestId('order-panel').getByText('Sale por Bar').waitFor();
    panel = await QueuePanel.open(camila);
    await panel.sheet.getByTestId('stands-in-Bar').filter({ hasText: 'Bar prints for Cocina' }).waitFor();
  });

  step('is taken out of use while somebody mends it, and the panel says since when', async () => {
    // The failures of the last seconds may have done so already.
    const closed = (await panel.lane('Cocina').getAttribute('data-breaker')) === 'closed';
    if (closed) await panel.use('Cocina').click();
    await panel.breaker('Cocina', 'open');
    await panel
      .lane('Cocina')
      .filter({ hasText: /Out of use[\s\S]*since \d\d:\d\d/ })
      .waitFor();
    await stage.core.setCondition('Cocina', 'ready');
    await panel.lane('Cocina').filter({ hasText: 'Idle' }).waitFor();
    await ana.pick('Acompañamientos', '503');
    await ana.sendOrder();
    await stage.core.paper('Bar', 'RESPALDO DE COCINA', SECOND);
  });

  step('is back to normal when it is used again', async () => {
    await panel.use('Cocina').click();
    await panel.breaker('Cocina', 'closed');
    await camila.page.locator('[data-testid="pulse-Cocina"][data-state="calm"]').waitFor();
    await panel.sheet.getByTestId('stands-in-Bar').waitFor({ state: 'detached' });
    await cook.page.getByTestId('trouble-Cocina').waitFor({ state: 'detached' });
    await ana.pick('Acompañamientos', '504');
    await ana.sendOrder();
    await stage.core.paper('Cocina', 'Arroz con coco');
    assert.deepEqual(await stage.core.slips('Bar', 'Arroz con coco'), []);
  });
});

describe('the print engine', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  /** @type {import('../lib/kitchen.js').Kitchen} */
  let cook;
  /** @type {QueuePanel} */
  let steering;
  /** @type {QueuePanel} */
  let seeing;

  before(async () => {
    stage = await Stage.open();
    ana = await stage.till('Ana');
    cook = await stage.kitchen('Cocina');
    steering = await QueuePanel.open(await stage.till('Camila', { language: 'en' }));
    seeing = await QueuePanel.open(ana);
  });
  after(() => stage?.close());

  step('shows everyone the same facts, and only some what can be changed', async () => {
    assert.equal(await seeing.controls.count(), 0);
    assert.equal(await steering.controls.count(), 3 + 4 + 1 + 1);
    for (const panel of [seeing, steering]) {
      await panel.workers(2);
      await panel.reason('calm');
      await panel.breaker('Postres', 'closed');
    }
  });

  step('has as many workers as a person says, with the keyboard too', async () => {
    const more = steering.sheet.getByTestId('workers-count-more');
    await more.click();
    await more.focus();
    await steering.page.keyboard.press('Enter');
    for (const panel of [steering, seeing]) {
      await panel.workers(4);
      await panel.reason('hand');
    }
    assert.match(await seeing.sheet.getByTestId('workers-profile').innerText(), /fijó el número/);
  });

  step('has its workers moved by the load again, within a profile', async () => {
    await steering.sheet.getByTestId('profile-peak').click();
    for (const panel of [steering, seeing]) await panel.workers(8);
    await steering.sheet.locator('[data-testid="profile-peak"][aria-pressed="true"]').waitFor();
    assert.match(await seeing.sheet.getByTestId('workers-profile').innerText(), /Hora pico/);
  });

  step('has turbo on every screen while it is on', async () => {
    await seeing.close();
    await steering.sheet.getByTestId('turbo-switch').click();
    await Promise.all([ana, cook, steering].map(({ page }) => page.getByTestId('turbo').waitFor()));
    await steering.workers(10);
    await steering.sheet.getByTestId('turbo-switch').click();
    for (const { page } of [ana, cook, steering]) {
      await page.getByTestId('turbo').waitFor({ state: 'detached' });
    }
    await steering.workers(8);
  });

  step('takes a printer out of use that is all a station has, and loses nothing', async () => {
    await steering.use('Postres').click();
    await steering.breaker('Postres', 'open');
    await ana.openTable('3');
    await ana.pick('Postres', '801');
    await ana.sendOrder();
    const number = await ana.ticketOf('Postres');
    await stage.core.paper('Postres', `#${number}`);
    await steering.use('Postres').click();
    await steering.breaker('Postres', 'closed');
  });
});
