/**
 * Orders without a table: each kind begins with one tap, says on paper and on the screens what it is, and stands in one
 * list with its state.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { inspect, inspectLargeText } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { Stage } from '../lib/stage.js';

const SIDES = 'Acompañamientos';
const SIDE = '502';

describe('orders without a table', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  /** Somebody else, who reads English. @type {import('../lib/till.js').Till} */
  let luis;
  /** @type {import('playwright-core').Locator} */
  let list;
  let number = '';

  before(async () => {
    stage = await Stage.open();
    ana = await stage.till('Ana', { reducedMotion: 'reduce' });
    luis = await stage.till('Luis', { colorScheme: 'dark', reducedMotion: 'reduce' });
    await luis.page.getByTestId('user-menu').click();
    await luis.page.getByTestId('language-en').click();
    await luis.page.getByTestId('close-sheet').click();
    list = ana.page.getByTestId('take-away');
    for (const till of [ana, luis]) await till.page.getByTestId('nav-take-away').click();
  });
  after(() => stage?.close());

  step('begin with a tap for each kind', async () => {
    await list.getByText('No hay pedidos sin mesa abiertos.').waitFor();
    await luis.page.getByText('There are no open orders without a table.').waitFor();
    await inspect(ana.page, 'no orders without a table');
    await list.getByTestId('new-delivery').click();
    await ana.page.getByTestId('order-title').getByText('Domicilio').waitFor();
    await ana.page.getByTestId('order-details').click();
    await ana.page.getByTestId('phone').fill('+57 300 123 4567');
    await ana.page.getByTestId('customer').fill('Marta Rojas');
    await ana.page.getByTestId('courier-note').fill('Timbre dañado');
    await ana.page.getByTestId('remember').click();
    await ana.page.getByTestId('promise-30').click();
    await inspect(ana.page, 'the details of a delivery');
    await inspectLargeText(ana.page, 'the details of a delivery');
    await ana.page.getByTestId('details-save').click();
    // What is missing is said, and keeps nothing from being sold.
    await ana.page.getByTestId('missing').getByText('Falta: dirección').waitFor();
    await ana.page.getByTestId('promise').waitFor();
    await ana.pick(SIDES, SIDE);
    await inspect(ana.page, 'a delivery without an address');
  });

  step('stand in the list before they are sent, and change their kind as long', async () => {
    await ana.page.getByTestId('nav-take-away').click();
    const unsent = list.locator('[data-testid^="unsent-"]');
    await unsent.getByText('Domicilio · 1 producto').waitFor();
    await unsent.click();
    await ana.page.getByTestId('order-details').click();
    await ana.page.getByTestId('order-type-counter').click();
    await ana.page.getByTestId('details-save').click();
    await ana.page.getByTestId('order-details').getByText('Mostrador').waitFor();
    await ana.page.reload();
    await ana.page.getByTestId('order-details').getByText('Mostrador').waitFor();
    await ana.page.getByTestId('order-details').click();
    await ana.page.getByTestId('order-type-delivery').click();
    await ana.page.getByTestId('details-save').click();
  });

  step('say on paper what they are, and in the list how far they are', async () => {
    await ana.sendOrder();
    number = await ana.ticketOf('Cocina');
    await stage.core.paper('Cocina', `#${number}`, 'DOMICILIO', 'Marta Rojas', 'Prometido');
    await ana.page.getByTestId('nav-take-away').click();
    const card = list.locator('[data-testid^="order-"]').filter({ hasText: 'Marta Rojas' });
    await card.getByText('en papel').or(card.getByText('en preparación')).first().waitFor();
    assert.match(await card.innerText(), /Domicilio/);
    const english = luis.page.getByTestId('take-away').locator('[data-testid^="order-"]');
    await english.getByText(/on paper|being prepared/).waitFor();
    assert.match(await english.innerText(), /Marta Rojas[\s\S]*Delivery/);
  });

  step('are corrected while they are open, and everybody hears it', async () => {
    await list.locator('[data-testid^="order-"]').filter({ hasText: 'Marta Rojas' }).click();
    await ana.page.getByTestId('order-title').getByText('Marta Rojas').waitFor();
    await ana.page.getByTestId('order-details').click();
    await ana.page.getByTestId('address').fill('Carrera 7 # 12-34, apartamento 502');
    await inspect(ana.page, 'the details of a delivery that is sent');
    await ana.page.getByTestId('details-save').click();
    await ana.page.getByTestId('reached').getByText('Carrera 7').waitFor();
    await ana.page.getByTestId('missing').waitFor({ state: 'detached' });
    const english = luis.page.getByTestId('take-away').locator('[data-testid^="order-"]');
    await english.getByText('Carrera 7').waitFor();
    await english.getByText(/in \d+\smin/).waitFor();
    await ana.page.getByTestId('nav-take-away').click();
  });

  step('know who orders again by their telephone', async () => {
    const page = luis.page.getByTestId('take-away');
    await page.getByTestId('new-delivery').click();
    await luis.page.getByTestId('order-details').click();
    await luis.page.getByTestId('phone').fill('57300');
    const known = luis.page.getByTestId('known-Marta Rojas');
    await known.waitFor();
    await inspect(luis.page, 'a known customer in English');
    await known.click();
    assert.equal(await luis.page.getByTestId('customer').inputValue(), 'Marta Rojas');
    assert.equal(await luis.page.getByTestId('phone').inputValue(), '+57 300 123 4567');
    await luis.page.getByTestId('details-save').click();
    await luis.page.getByTestId('order-title').getByText('Marta Rojas').waitFor();
    await luis.page.getByTestId('nav-take-away').click();
    await page.getByTestId('stage-unsent').click();
    await page.locator('[data-testid^="unsent-"]').getByText('Marta Rojas').waitFor();
    await page.getByTestId('stage-open').click();
  });

  step('are handed over by a person, with a way back', async () => {
    const hand = list.locator('[data-testid^="hand-over-"]');
    await hand.click();
    await hand.waitFor({ state: 'detached' });
    await list.getByText('Ningún pedido está así.').waitFor();
    await ana.page.getByRole('button', { name: 'Deshacer' }).click();
    await hand.waitFor();
    await hand.click();
    await hand.waitFor({ state: 'detached' });
    const english = luis.page.getByTestId('take-away');
    await english.getByTestId('stage-handed_over').click();
    await english.getByText(/Handed over \d\d:\d\d · Ana/).waitFor();
    await inspect(luis.page, 'orders that are handed over, in English');
    await english.locator('[data-testid^="take-back-"]').click();
    await english.getByText('No order is in this state.').waitFor();
    await english.getByTestId('stage-open').click();
    await hand.waitFor();
  });

  step('are shown by kind, each with its count', async () => {
    await list.getByTestId('new-take_away').click();
    await ana.pick(SIDES, SIDE);
    await ana.sendOrder();
    await ana.page.getByTestId('nav-take-away').click();
    const cards = list.locator('[data-testid^="order-"]');
    await cards.nth(1).waitFor();
    assert.match(await list.getByTestId('kind-all').innerText(), /Todos\s*2/);
    await list.getByTestId('kind-delivery').click();
    assert.match(await list.getByTestId('kind-delivery').innerText(), /Domicilio\s*1/);
    assert.equal(await cards.count(), 1);
    assert.match(await cards.innerText(), /Marta Rojas/);
    await list.getByTestId('kind-counter').click();
    await list.getByText('No hay pedidos abiertos de este tipo.').waitFor();
    await list.getByTestId('kind-all').click();
    assert.equal(await cards.count(), 2);
    await inspect(ana.page, 'orders without a table');
    await inspectLargeText(ana.page, 'orders without a table');
    await inspect(luis.page, 'orders without a table in English');
  });
});
