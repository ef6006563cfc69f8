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
    await ana.page.getByTestId('customer').fill('Marta Rojas');
    await inspect(ana.page, 'the details of a delivery');
    await inspectLargeText(ana.page, 'the details of a delivery');
    await ana.page.getByTestId('details-save').click();
    await ana.pick(SIDES, SIDE);
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
    await stage.core.paper('Cocina', `#${number}`, 'DOMICILIO', 'Marta Rojas');
    await ana.page.getByTestId('nav-take-away').click();
    const card = list.locator('[data-testid^="order-"]').filter({ hasText: 'Marta Rojas' });
    await card.getByText('en papel').or(card.getByText('en preparación')).first().waitFor();
    assert.match(await card.innerText(), /Domicilio/);
    const english = luis.page.getByTestId('take-away').locator('[data-testid^="order-"]');
    await english.getByText(/on paper|being prepared/).waitFor();
    assert.match(await english.innerText(), /Marta Rojas[\s\S]*Delivery/);
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
