/**
 * The pass sees every station of an order and what is held of it, has it go first, and sends it out when all stations are
 * done; whatever was sent out can be had back.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { told } from '../lib/crowd.js';
import { inspect } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { Stage } from '../lib/stage.js';
import { until } from '../lib/until.js';
import { missing } from '../lib/words.js';

/** How an order is called, and what is said of what is held, by language. */
const WORDS = {
  es: ['N.º 3', 'Retenido · 2.º tiempo', 'Yuca frita', 'Falta Cocina'],
  en: ['No. 3', 'Held · Course 2', 'Yuca frita', 'Cocina missing'],
};

/** Orders at a pass where there are many. */
const MANY = 40;

describe('the pass', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  /** @type {import('../lib/kitchen.js').Kitchen} */
  let pass;
  /** @type {import('../lib/kitchen.js').Kitchen} */
  let bar;

  before(async () => {
    stage = await Stage.open();
    ana = await stage.till('Ana');
    pass = await stage.kitchen('pass');
    bar = await stage.kitchen('Bar');
  });
  after(() => stage?.close());

  /** @param {string} order */
  const card = (order) => pass.page.getByTestId(`pass-${order}`);

  /** @param {string} order @param {string} station @param {boolean} done */
  async function partIs(order, station, done) {
    await card(order).locator(`[data-testid="part-${station}"][data-done="${done}"]`).waitFor();
  }

  /** @param {string} order */
  const standsFirst = (order) =>
    until(`order ${order} stands first`, async () => {
      const first = pass.page.locator('[data-testid^="pass-"]').first();
      return (await first.getAttribute('data-testid')) === `pass-${order}`;
    });

  step('says so in words when nothing is there', async () => {
    await pass.page.getByText('Nada en el pase').waitFor();
    assert.equal(await pass.disconnected.count(), 0);
  });

  step('shows an order with all its stations, also what is added later', async () => {
    await ana.openTable('3');
    await ana.pick('Acompañamientos', '502');
    await ana.pick('Bebidas', '607');
    await ana.sendOrder();
    await partIs('1', 'Cocina', false);
    await partIs('1', 'Bar', false);
    await ana.pick('Acompañamientos', '503');
    await ana.sendOrder();
    await card('1').getByText('Yuca frita').waitFor();
    await card('1').getByText('Cambio', { exact: true }).waitFor();
    assert.equal(await card('1').count(), 1);
  });

  step('sees what a station has done, and can do it for a station', async () => {
    await bar.bump(await ana.ticketOf('Bar'));
    await partIs('1', 'Bar', true);
    assert.equal(await card('1').getByTestId('hand-over').count(), 0);
    await card('1').getByTestId('bump-Cocina').click();
    await partIs('1', 'Cocina', true);
    await ana.tick('Papa criolla', 'ready');
    await ana.tick('Yuca frita', 'ready');
    assert.equal(await card('1').getAttribute('data-ready'), 'true');
  });

  step('says why a part is not done until somebody has read it', async () => {
    const failure = { code: 'ticket_moved', message: 'Otra pantalla ya la cambió.' };
    await pass.page.route('**/api/v1/recall_ticket', (route) =>
      route.fulfill({ status: 409, json: failure }),
    );
    await card('1').getByTestId('recall-Cocina').click();
    await pass.page.getByTestId('problem').getByText(failure.message).waitFor();
    await pass.page.getByTestId('dismiss-problem').click();
    await pass.page.getByTestId('problem').waitFor({ state: 'detached' });
    await pass.page.unroute('**/api/v1/recall_ticket');
  });

  step('puts what can leave before what is older', async () => {
    await card('1').getByTestId('recall-Cocina').click();
    await partIs('1', 'Cocina', false);
    await ana.openTable('5');
    await ana.pick('Bebidas', '607');
    await ana.sendOrder();
    await bar.bump(await ana.ticketOf('Bar'));
    await standsFirst('2');
  });

  step('hands over at a tap or a key, and takes that back', async () => {
    await card('2').getByTestId('hand-over').click();
    await card('2').waitFor({ state: 'detached' });
    await pass.page.getByTestId('toast-action').click();
    await card('2').waitFor();
    await pass.page.keyboard.press('1');
    await card('2').waitFor({ state: 'detached' });
    await pass.page.keyboard.press('r');
    await card('2').waitFor();
    await pass.page.keyboard.press('1');
    await card('2').waitFor({ state: 'detached' });
    await pass.page.keyboard.press('1');
    assert.equal(await card('1').count(), 1, 'what is not ready has no key');
    await pass.page.reload();
    await card('1').waitFor();
    assert.equal(await card('2').count(), 0, 'and it is remembered');
  });

  step('has back whatever was handed over', async () => {
    await pass.page.keyboard.press('h');
    const sheet = pass.page.getByTestId('done-sheet');
    assert.deepEqual(missing(await sheet.innerText(), 'Entregados', 'N.º 2', 'Mesa 5'), []);
    await inspect(pass.page, 'what was handed over');
    await pass.page.getByTestId('take-back-2').click();
    await card('2').getByTestId('hand-over').click();
    await card('2').waitFor({ state: 'detached' });
  });

  step('has what is held of an order on its card, in both languages', async () => {
    await ana.openTable('7');
    await ana.pick('Acompañamientos', '502');
    await ana.page.getByTestId('for-course-2').click();
    await ana.page.getByTestId('product-503').click();
    await ana.sendOrder();
    await card('3').getByTestId('held-2').waitFor();
    for (const language of /** @type {const} */ (['en', 'es'])) {
      await pass.page.getByTestId('kitchen-menu').click();
      await pass.page.getByTestId(`language-${language}`).click();
      await pass.page.keyboard.press('Escape');
      await inspect(pass.page, `the pass with something held, in ${language}`);
      assert.deepEqual(missing(await card('3').innerText(), ...WORDS[language]), []);
    }
    assert.equal(await pass.page.getByTestId('held-strip').count(), 0, 'once is enough');
  });

  step('puts an order before older ones, at its stations too, and back', async () => {
    await standsFirst('1');
    await card('3').getByTestId('put-first').click();
    await standsFirst('3');
    await card('3').getByTestId('goes-first').waitFor();
    const said = pass.page.getByTestId('toast').filter({ hasText: 'Va primero' });
    await said.getByTestId('toast-action').click();
    await standsFirst('1');
    await card('3').getByTestId('goes-first').waitFor({ state: 'detached' });
  });

  step('turns pages where there are many, and its keys are those of the page', async () => {
    await told(pass.page, 'list_kitchen_tickets', (answer) => {
      const [pattern] = answer.tickets;
      if (!pattern) return;
      for (let n = 0; n < MANY; n += 1) {
        const own = { id: `${pattern.id}-${n}`, order_id: `${pattern.order_id}-${n}`, order_number: 100 + n };
        const ready = { ...pattern, ...own, state: 'ready', ready_at: answer.now - n };
        answer.done.push(ready);
      }
    });
    await pass.page.reload();
    const board = pass.page.getByTestId('pass');
    await board.waitFor();
    await pass.page.getByTestId('page-next').click();
    await board.and(pass.page.locator('[data-page="1"]')).waitFor();
    const reachable = pass.page.locator('article:not([inert])');
    const order = await reachable.first().getAttribute('data-testid');
    assert.ok(order);
    assert.equal(await reachable.first().getByTestId('hand-over').getAttribute('data-key'), '1');
    await pass.page.keyboard.press('1');
    await pass.page.getByTestId(order).waitFor({ state: 'detached' });
    await pass.page.keyboard.press('PageUp');
    await board.and(pass.page.locator('[data-page="0"]')).waitFor();
    await pass.page.unroute('**/api/v1/list_kitchen_tickets');
    await pass.page.reload();
    await card('1').waitFor();
  });

  step('tells its keys behind «?», and what all stations have to make behind S', async () => {
    await pass.page.keyboard.press('?');
    await pass.page.getByTestId('keys-sheet').waitFor();
    assert.match(await pass.page.getByTestId('keys-sheet').innerText(), /RECALL/);
    await pass.page.keyboard.press('?');
    await pass.page.getByTestId('keys-sheet').waitFor({ state: 'detached' });
    await pass.page.keyboard.press('s');
    assert.match(await pass.page.getByTestId('sums-list').innerText(), /Yuca frita/);
    await pass.page.keyboard.press('Escape');
  });

  step('is a station like any other to leave', async () => {
    await pass.page.getByTestId('change-station').click();
    await pass.page.getByTestId('station-Cocina').click();
    await pass.page.locator('[data-ticket]').first().waitFor();
  });
});
