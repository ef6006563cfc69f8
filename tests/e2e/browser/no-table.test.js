/**
 * Orders without a table: each kind begins with one tap, says on paper and on the screens what it is, and stands in one
 * list with its state. By two people in two languages, each of whom does all of it once.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { inspect, inspectLargeText } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { PAIRS } from '../lib/speak.js';
import { Stage } from '../lib/stage.js';
import { says } from '../lib/words.js';

const SIDES = 'Acompañamientos';
const SIDE = '502';

const WORDS = {
  es: {
    none: 'No hay pedidos sin mesa abiertos.',
    delivery: 'Domicilio',
    counter: 'Mostrador',
    missing: 'Falta: dirección',
    unsent: 'Domicilio · 1 producto',
    state: /en papel|en preparación/,
    left: /en \d+\smin/,
    noState: 'Ningún pedido está así.',
    undo: 'Deshacer',
    handed: /Entregado \d\d:\d\d · Ana/,
    all: /Todos\s*2/,
    one: /Domicilio\s*1/,
    noKind: 'No hay pedidos abiertos de este tipo.',
  },
  en: {
    none: 'There are no open orders without a table.',
    delivery: 'Delivery',
    counter: 'Counter',
    missing: 'Missing: address',
    unsent: 'Delivery · 1 item',
    state: /on paper|being prepared/,
    left: /in \d+\smin/,
    noState: 'No order is in this state.',
    undo: 'Undo',
    handed: /Handed over \d\d:\d\d · Ana/,
    all: /All\s*2/,
    one: /Delivery\s*1/,
    noKind: 'There are no open orders of this kind.',
  },
};

for (const [mine, others] of PAIRS) {
  const words = WORDS[mine];
  const theirs = WORDS[others];

  describe(`orders without a table, begun in ${mine}`, () => {
    const step = journey();
    /** @type {Stage} */
    let stage;
    /** @type {import('../lib/till.js').Till} */
    let ana;
    /** Somebody else, who reads the other language. @type {import('../lib/till.js').Till} */
    let luis;
    /** @type {import('playwright-core').Locator} */
    let list;
    let number = '';

    before(async () => {
      stage = await Stage.open();
      ana = await stage.till('Ana', { language: mine, reducedMotion: 'reduce' });
      luis = await stage.till('Luis', { language: others, colorScheme: 'dark', reducedMotion: 'reduce' });
      list = ana.page.getByTestId('take-away');
      for (const till of [ana, luis]) await till.page.getByTestId('nav-take-away').click();
    });
    after(() => stage?.close());

    step('begin with a tap for each kind', async () => {
      await list.getByText(words.none).waitFor();
      await luis.page.getByText(theirs.none).waitFor();
      await inspect(ana.page, `no orders without a table, in ${mine}`);
      await list.getByTestId('new-delivery').click();
      await ana.page.getByTestId('order-title').getByText(words.delivery).waitFor();
      await ana.page.getByTestId('order-details').click();
      await ana.page.getByTestId('phone').fill('+57 300 123 4567');
      await ana.page.getByTestId('customer').fill('Marta Rojas');
      await ana.page.getByTestId('courier-note').fill('Timbre dañado');
      await ana.page.getByTestId('remember').click();
      await ana.page.getByTestId('promise-30').click();
      await inspect(ana.page, `the details of a delivery, in ${mine}`);
      if (mine === 'es') await inspectLargeText(ana.page, 'the details of a delivery');
      await ana.page.getByTestId('details-save').click();
      // What is missing is said, and keeps nothing from being sold.
      await ana.page.getByTestId('missing').getByText(words.missing).waitFor();
      await ana.page.getByTestId('promise').waitFor();
      await ana.pick(SIDES, SIDE);
      await inspect(ana.page, `a delivery without an address, in ${mine}`);
    });

    step('stand in the list before they are sent, and change their kind as long', async () => {
      await ana.page.getByTestId('nav-take-away').click();
      const unsent = list.locator('[data-testid^="unsent-"]');
      await unsent.getByText(words.unsent).waitFor();
      await unsent.click();
      await ana.page.getByTestId('order-details').click();
      await ana.page.getByTestId('order-type-counter').click();
      await ana.page.getByTestId('details-save').click();
      await ana.page.getByTestId('order-details').getByText(words.counter).waitFor();
      await ana.page.reload();
      await ana.page.getByTestId('order-details').getByText(words.counter).waitFor();
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
      await card.getByText(words.state).first().waitFor();
      assert.ok(says(await card.innerText(), words.delivery), await card.innerText());
      const other = luis.page.getByTestId('take-away').locator('[data-testid^="order-"]');
      await other.getByText(theirs.state).first().waitFor();
      assert.ok(says(await other.innerText(), 'Marta Rojas', theirs.delivery), await other.innerText());
    });

    step('are corrected while they are open, and everybody hears it', async () => {
      await list.locator('[data-testid^="order-"]').filter({ hasText: 'Marta Rojas' }).click();
      await ana.page.getByTestId('order-title').getByText('Marta Rojas').waitFor();
      await ana.page.getByTestId('order-details').click();
      await ana.page.getByTestId('address').fill('Carrera 7 # 12-34, apartamento 502');
      await inspect(ana.page, `the details of a delivery that is sent, in ${mine}`);
      await ana.page.getByTestId('details-save').click();
      await ana.page.getByTestId('reached').getByText('Carrera 7').waitFor();
      await ana.page.getByTestId('missing').waitFor({ state: 'detached' });
      const other = luis.page.getByTestId('take-away').locator('[data-testid^="order-"]');
      await other.getByText('Carrera 7').waitFor();
      await other.getByText(theirs.left).waitFor();
      await ana.page.getByTestId('nav-take-away').click();
    });

    step('know who orders again by their telephone', async () => {
      const page = luis.page.getByTestId('take-away');
      await page.getByTestId('new-delivery').click();
      await luis.page.getByTestId('order-details').click();
      await luis.page.getByTestId('phone').fill('57300');
      const known = luis.page.getByTestId('known-Marta Rojas');
      await known.waitFor();
      await inspect(luis.page, `a known customer, in ${others}`);
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
      await list.getByText(words.noState).waitFor();
      await ana.page.getByRole('button', { name: words.undo }).click();
      await hand.waitFor();
      await hand.click();
      await hand.waitFor({ state: 'detached' });
      const other = luis.page.getByTestId('take-away');
      await other.getByTestId('stage-handed_over').click();
      await other.getByText(theirs.handed).waitFor();
      await inspect(luis.page, `orders that are handed over, in ${others}`);
      await other.locator('[data-testid^="take-back-"]').click();
      await other.getByText(theirs.noState).waitFor();
      await other.getByTestId('stage-open').click();
      await hand.waitFor();
    });

    step('are shown by kind, each with its count', async () => {
      await list.getByTestId('new-take_away').click();
      await ana.pick(SIDES, SIDE);
      await ana.sendOrder();
      await ana.page.getByTestId('nav-take-away').click();
      const cards = list.locator('[data-testid^="order-"]');
      await cards.nth(1).waitFor();
      assert.match(await list.getByTestId('kind-all').innerText(), words.all);
      await list.getByTestId('kind-delivery').click();
      assert.match(await list.getByTestId('kind-delivery').innerText(), words.one);
      assert.equal(await cards.count(), 1);
      assert.match(await cards.innerText(), /Marta Rojas/);
      await list.getByTestId('kind-counter').click();
      await list.getByText(words.noKind).waitFor();
      await list.getByTestId('kind-all').click();
      assert.equal(await cards.count(), 2);
      await inspect(ana.page, `orders without a table, in ${mine}`);
      if (mine === 'es') await inspectLargeText(ana.page, 'orders without a table');
      await inspect(luis.page, `orders without a table, in ${others}`);
    });
  });
}
