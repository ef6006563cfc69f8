/**
 * An open order becomes another kind of order, by two people in two languages, each of whom does all of it once: guests take their food away, and sit down
 * again. The kitchen reads it on paper and on its screen, the number stays, and the table is free and taken at once.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Hands } from '../lib/hands.js';
import { inspect } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { PAIRS } from '../lib/speak.js';
import { Stage } from '../lib/stage.js';
import { countTaps, tap } from '../lib/taps.js';
import { says } from '../lib/words.js';

const WORDS = {
  es: {
    table: 'Mesa',
    takeAway: 'Para llevar',
    delivery: 'Domicilio',
    was: '(antes mesa)',
    now: 'Ahora para llevar',
    before: 'Antes: Mesa',
    missing: 'Falta: nombre, teléfono',
  },
  en: {
    table: 'Table',
    takeAway: 'Take-away',
    delivery: 'Delivery',
    was: '(was table)',
    now: 'Now take-away',
    before: 'Before: Table',
    missing: 'Missing: name, phone',
  },
};

for (const [mine, others] of PAIRS) {
  const words = WORDS[mine];
  const theirs = WORDS[others];

  describe(`an order that becomes another kind of order, begun in ${mine}`, () => {
    const step = journey();
    /** @type {Stage} */
    let stage;
    /** @type {import('../lib/till.js').Till} */
    let ana;
    /** Somebody else, who reads the other language. @type {import('../lib/till.js').Till} */
    let luis;
    /** @type {import('../lib/kitchen.js').Kitchen} */
    let cook;
    let number = '';

    before(async () => {
      stage = await Stage.open();
      ana = await stage.till('Ana', { language: mine, reducedMotion: 'reduce' });
      luis = await stage.till('Luis', { language: others, colorScheme: 'dark', reducedMotion: 'reduce' });
      cook = await stage.kitchen('Cocina', { language: mine, reducedMotion: 'reduce' });
      await ana.openTable('7');
      await ana.pick('Acompañamientos', '502');
      await ana.sendOrder();
      number = await ana.ticketOf('Cocina');
      await cook.ticket(number).getByText(`${words.table} 7`).waitFor();
    });
    after(() => stage?.close());

    step('is taken away with two taps, and the cook packs it', async () => {
      const taps = await countTaps(ana.page);
      await ana.page.getByTestId('order-menu').click();
      await inspect(ana.page, `how an order is served, in ${mine}`);
      await ana.page.getByTestId('serve-take_away').click();
      assert.equal(await taps(), 2);
      await ana.page.getByTestId('order-title').getByText(words.takeAway).waitFor();
      await ana.page.getByTestId('order-details').getByText(words.was).waitFor();
      await stage.core.paper('Cocina', 'AHORA PARA LLEVAR', 'Antes: Mesa 7', `#${number}`);
      await cook.page.getByTestId('moved-way').getByText(`${words.table} 7`).waitFor();
      await cook.page.getByText(words.now).waitFor();
      await cook.ticket(number).getByTestId('moved-from').getByText(`${words.before} 7`).waitFor();
      await inspect(cook.page, `what is to be packed, in ${mine}`);
    });

    step('leaves its table free for everybody, and stands in the list', async () => {
      await new Hands(luis).orders('7', 0);
      await luis.page.getByTestId('nav-take-away').click();
      const card = luis.page.getByTestId('take-away').locator('[data-testid^="order-"]');
      await card.getByText(theirs.was).waitFor();
      assert.ok(says(await card.innerText(), theirs.takeAway), await card.innerText());
      await inspect(luis.page, `an order with the number of a table, in ${others}`);
      await card.click();
    });

    step('is asked whatever a delivery needs', async () => {
      await luis.page.getByTestId('order-menu').click();
      await luis.page.getByTestId('serve-delivery').click();
      await luis.page.getByTestId('address').fill('Carrera 7 # 12-34');
      await luis.page.getByTestId('details-save').click();
      await luis.page.getByTestId('reached').getByText('Carrera 7').waitFor();
      await luis.page.getByTestId('missing').getByText(theirs.missing).waitFor();
      await ana.page.getByTestId('reached').getByText('Carrera 7').waitFor();
    });

    step('sits down with three taps, is asked at a taken table, and has a way back', async () => {
      await luis.openTable('8');
      await luis.pick('Acompañamientos', '503');
      await luis.sendOrder();
      await new Hands(ana).toTables();
      await new Hands(ana).orders('8', 1);
      const taps = await countTaps(ana.page);
      await ana.page.getByTestId('order-menu').click();
      await ana.page.getByTestId('serve-dine_in').click();
      await tap(ana.page.getByTestId('table-7'));
      await ana.page.getByTestId('order-title').getByText(`${words.table} 7`).waitFor();
      assert.equal(await taps(), 3);
      await new Hands(ana).orders('7', 1);
      // What went before can be undone too, for some seconds.
      const told = ana.page.getByTestId('toast').filter({ hasText: `→ ${words.table} 7` });
      await told.getByTestId('toast-action').click();
      await ana.page.getByTestId('order-title').getByText(words.delivery).waitFor();
      await ana.page.getByTestId('order-menu').click();
      await ana.page.getByTestId('serve-dine_in').click();
      await tap(ana.page.getByTestId('table-8'));
      await ana.page.getByTestId('place-apart').click();
      await ana.page.getByTestId('order-title').getByText(`${words.table} 8`).waitFor();
      await new Hands(luis).toTables();
      await new Hands(luis).orders('8', 2);
    });
  });
}
