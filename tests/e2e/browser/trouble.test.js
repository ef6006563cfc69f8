/**
 * Promises P8 and P9 as people see them: trouble is on every screen with what to do, "nothing to do" and
 * "disconnected" never look alike, and after a cut everything goes on where it was. The waiter's screen is in Spanish, the
 * cashier's and the cook's in English.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { journey } from '../lib/journey.js';
import { Kitchen } from '../lib/kitchen.js';
import { Stage } from '../lib/stage.js';
import { until } from '../lib/until.js';
import { says } from '../lib/words.js';

const DRINK = 'Agua con gas (500 ml)';

describe('trouble', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  /** @type {import('../lib/till.js').Till} */
  let luisa;
  /** @type {import('../lib/kitchen.js').Kitchen} */
  let cook;

  before(async () => {
    stage = await Stage.open();
    ana = await stage.till('Ana');
    luisa = await stage.till('Luisa', { language: 'en' });
    cook = await stage.kitchen('Cocina', { language: 'en' });
  });
  after(() => stage?.close());

  step('says so in words when there is nothing to do', async () => {
    await cook.idle.waitFor();
    assert.equal(await cook.disconnected.count(), 0);
  });

  step('is never “nothing to do” where the core has not been heard', async () => {
    /** @param {string} station @param {'es' | 'en'} language @param {string} words */
    const expectUnsure = async (station, language, words) => {
      const context = await stage.context({ language });
      const display = await Kitchen.open(context, stage.core, station);
      await display.idle.waitFor();
      const deaf = await context.newPage();
      // An open line on which nobody speaks.
      await deaf.routeWebSocket(/\/api\/v1\/events/, () => undefined);
      await deaf.goto(stage.core.page('/kitchen'));
      const unsure = deaf.getByTestId('unsure');
      await unsure.waitFor();
      assert.equal(await deaf.getByTestId('nothing-to-do').count(), 0);
      await unsure.getByText(words).waitFor();
      assert.equal(await deaf.getByTestId('nothing-to-do').count(), 0);
      await context.close();
    };
    await Promise.all([
      expectUnsure('Cocina', 'es', 'No se sabe'),
      expectUnsure('pass', 'en', 'Nobody knows'),
    ]);
  });

  step('is on every screen when a printer is out of paper, with what to do', async () => {
    await stage.core.setCondition('Bar', 'paper_out');
    await ana.openTable('5');
    await ana.pick('Bebidas', '607');
    await ana.sendOrder();
    await ana.tick(DRINK, 'problem');
    assert.match(await ana.page.getByTestId('order-panel').innerText(), /sin papel/i);
    for (const [till, words] of /** @type {const} */ ([
      [ana, /sin papel/i],
      [luisa, /out of paper/i],
    ])) {
      await till.page.locator('[data-testid="pulse-Bar"][data-state="alarm"]').waitFor();
      assert.match(await till.page.getByTestId('pulse-strip').innerText(), words);
    }
    const trouble = cook.page.getByTestId('trouble-Bar');
    await trouble.waitFor();
    assert.match(await trouble.innerText(), /out of paper.*Bar|Bar[\s\S]*out of paper/i);
    assert.deepEqual(await stage.core.slips('Bar', DRINK), [], 'and nothing was printed');
  });

  step('is over by itself when the roll is changed', async () => {
    await stage.core.setCondition('Bar', 'ready');
    await stage.core.paper('Bar', DRINK);
    await ana.tick(DRINK, 'printed', 'seen');
    for (const till of [ana, luisa]) {
      await till.page.locator('[data-testid="pulse-Bar"][data-state="calm"]').waitFor();
    }
    await cook.page.getByTestId('trouble-Bar').waitFor({ state: 'detached' });
  });

  step('shows a ticket of the same number twice only with a mark', async () => {
    const number = await ana.ticketOf('Bar');
    const papers = await stage.core.slips('Bar', DRINK, `#${number}`);
    const unmarked = papers.filter(
      ({ text }) => !says(text, 'POSIBLE DUPLICADO') && !says(text, 'REIMPRESIÓN'),
    );
    assert.equal(unmarked.length, 1);
  });

  step('is on both windows when the core is gone, and what was there stays', async () => {
    await ana.openTable('7');
    await ana.pick('Acompañamientos', '501');
    await ana.cart.first().waitFor();
    await stage.core.cut();
    await Promise.all([
      ana.disconnected.waitFor(),
      cook.disconnected.waitFor(),
      luisa.disconnected.waitFor(),
    ]);
    assert.match(await cook.disconnected.innerText(), /disconnected[\s\S]*since \d\d:\d\d/i);
    assert.match(await luisa.disconnected.innerText(), /No connection.*since \d\d:\d\d/);
    assert.match(await ana.disconnected.innerText(), /Sin conexión.*desde las \d\d:\d\d/);
    assert.equal(await ana.cart.count(), 1);
  });

  step('goes on with the same session and the same cart when the core is back', async () => {
    await stage.core.resume();
    await Promise.all([
      ana.disconnected.waitFor({ state: 'detached' }),
      cook.disconnected.waitFor({ state: 'detached' }),
    ]);
    assert.equal(await ana.page.getByTestId('sign-in').count(), 0);
    await ana.page.reload();
    await ana.openTable('7');
    assert.match(await ana.cart.first().innerText(), /Papas a la francesa/);
    assert.equal(await ana.cart.count(), 1);
    await ana.sendOrder();
    const number = await ana.ticketOf('Cocina');
    await cook.ticket(number).waitFor();
    await stage.core.paper('Cocina', `#${number}`, 'Papas a la francesa');
    await cook.bump(number);
    await cook.idle.waitFor();
  });

  step('keeps on screen what the kitchen has to make while nobody is there to tell it more', async () => {
    await luisa.openTable('9');
    await luisa.pick('Acompañamientos', '505');
    await until('the product may have questions', async () => {
      const sheet = luisa.page.getByTestId('sheet-done');
      if (await sheet.isVisible()) await sheet.click();
      return (await luisa.cart.count()) > 0;
    });
    await luisa.sendOrder();
    const number = await luisa.ticketOf('Cocina');
    await cook.ticket(number).waitFor();
    await stage.core.cut();
    await cook.disconnected.waitFor();
    assert.ok(await cook.ticket(number).isVisible());
    assert.ok(await cook.page.getByTestId(`bump-${Number(number)}`).isDisabled());
    await stage.core.resume();
    await cook.disconnected.waitFor({ state: 'detached' });
    await cook.bump(number);
  });
});
