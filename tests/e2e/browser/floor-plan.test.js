/**
 * A house that arranges its own rooms and tables: what is put somewhere is there at once at tills that are open, and
 * where an order is open its table stays.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { FloorPage } from '../lib/floor-page.js';
import { inspect, inspectLargeText } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { speak } from '../lib/speak.js';
import { Stage } from '../lib/stage.js';
import { comeBackTo } from '../lib/till.js';
import { until } from '../lib/until.js';

const SIDES = 'Acompañamientos';
const SIDE = '502';

const WORDS = {
  es: {
    notAllowed: 'Su rol no permite cambiar el plano',
    over: /La mesa 4 quedaría encima de la 7/,
    busy: /La mesa 5 tiene abierto el pedido \d+/,
    taken: /Ya hay una mesa 6 en Salón/,
    empty: 'Patio no tiene mesas.',
    none: 'No hay salones.',
    full: 'Escriba otros números.',
  },
  en: {
    notAllowed: 'Your role does not allow you to change the floor plan',
    over: /Table 4 would lie over table 7/,
    busy: /Order \d+ is open at table 5/,
    taken: /There is a table 6 in Salón already/,
    empty: 'Patio has no tables.',
    none: 'There are no rooms.',
    full: 'Type other numbers.',
  },
};

for (const language of /** @type {const} */ (['es', 'en'])) {
  const words = WORDS[language];

  describe(`the floor plan, in ${language}`, () => {
    const step = journey();
    /** @type {Stage} */
    let stage;
    /** @type {import('../lib/till.js').Till} */
    let ana;
    /** @type {FloorPage} */
    let plan;

    /** Where the open till shows a table. @param {string} name */
    async function shown(name) {
      const box = await ana.page.getByTestId(`table-${name}`).boundingBox();
      return box && `${box.x.toFixed(0)},${box.y.toFixed(0)}`;
    }

    before(async () => {
      stage = await Stage.open();
      const theme = language === 'es' ? 'light' : 'dark';
      ana = await stage.till('Ana', { reducedMotion: 'reduce' });
      const jorge = await stage.till('Jorge', { colorScheme: theme, reducedMotion: 'reduce' });
      await speak(ana.page, language);
      await speak(jorge.page, language);
      plan = await FloorPage.open(jorge);
    });
    after(() => stage?.close());

    step('is only for whoever may change it', async () => {
      assert.equal(await ana.page.getByTestId('nav-floor-plan').count(), 0);
      await ana.page.evaluate(() => window.history.pushState({}, '', '/floor-plan'));
      await ana.page.reload();
      await ana.page.getByText(words.notAllowed).waitFor();
      await inspect(plan.page, 'the floor plan');
      await inspectLargeText(plan.page, 'the floor plan');
    });

    step(
      'has a table moved, which stands there at every screen that is open, with what is in hand',
      async () => {
        const camila = await FloorPage.open(await stage.till('Camila'));
        await ana.page.getByTestId('nav-tables').click();
        await ana.openTable('5');
        await ana.pick(SIDES, SIDE);
        await ana.page.getByTestId('nav-tables').click();
        await ana.floor.waitFor();
        const before = await shown('3');
        await plan.drag('3', 0, 12);
        await plan.stands('3', '11,13,3,3');
        await camila.stands('3', '11,13,3,3');
        await until('the open till shows it there', async () => (await shown('3')) !== before);
        assert.equal(await ana.cart.count(), 1, 'what was typed is still in hand');
        await camila.page.context().close();
      },
    );

    step('is arranged with the keyboard, which gives back what may not be', async () => {
      const { keyboard } = plan.page;
      await plan.table('4').focus();
      for (let by = 0; by < 3; by += 1) await keyboard.press('ArrowDown');
      await plan.root.locator('[data-testid="plan-table-4"][data-over="true"]').waitFor();
      assert.equal(await plan.spot('4'), '16,4,3,3');
      await inspect(plan.page, 'a table over another');
      await keyboard.press('Enter');
      await plan.page.getByTestId('toast').filter({ hasText: words.over }).waitFor();
      await plan.stands('4', '16,1,3,3');
      await plan.table('4').focus();
      await keyboard.press('ArrowRight');
      assert.equal(await plan.spot('4'), '17,1,3,3');
      await keyboard.press('Escape');
      await plan.stands('4', '16,1,3,3');
      await keyboard.press('ArrowDown');
      await keyboard.press('Shift+ArrowRight');
      await keyboard.press('Enter');
      await plan.stands('4', '16,2,4,3');
    });

    step('has a table made larger by its corner, and the last act taken back', async () => {
      await plan.table('3').focus();
      await plan.drag('3', 2, 0, { corner: true });
      await plan.stands('3', '11,13,5,3');
      await plan.root.getByTestId('undo').click();
      await plan.stands('3', '11,13,3,3');
      assert.equal(await plan.root.getByTestId('undo').isEnabled(), false);
    });

    step('gets a table that is sold at and named on its ticket', async () => {
      await plan.root.getByTestId('add-table').click();
      await plan.table('21').waitFor();
      await plan.edit('21');
      await plan.fill({ 'table-name': 'V 1' });
      await plan.sheet.getByTestId('table-seats-more').click();
      await plan.sheet.getByTestId('table-shape-round').click();
      await inspect(plan.page, 'a table of the plan');
      await inspectLargeText(plan.page, 'a table of the plan');
      await plan.save('table-setup');
      await plan.table('V 1').waitFor();
      await ana.openTable('V 1');
      await ana.pick(SIDES, SIDE);
      await ana.sendOrder();
      await stage.core.paper('Cocina', 'V 1', 'Papa criolla');
    });

    step('keeps a table on the floor while an order is open at it', async () => {
      await ana.openTable('5');
      await ana.sendOrder();
      await plan.edit('5');
      await plan.sheet.getByTestId('table-active-no').click();
      assert.match(await plan.refused('table-setup', 'table-active'), words.busy);
      await inspect(plan.page, 'a table that is refused');
      await plan.sheet.getByTestId('table-active-yes').click();
      await plan.fill({ 'table-name': '6' });
      assert.match(await plan.refused('table-setup', 'table-name'), words.taken);
      await plan.escape();
      await ana.page.getByTestId('nav-tables').click();
      await ana.page.locator('[data-testid="table-5"]:not([data-state="free"])').waitFor();
    });

    step('takes a free table off and puts it back', async () => {
      await plan.edit('8');
      await plan.sheet.getByTestId('table-active-no').click();
      await plan.save('table-setup');
      await ana.page.getByTestId('table-8').waitFor({ state: 'detached' });
      await inspect(plan.page, 'a plan with a table off it');
      await plan.root.getByTestId('off-8').click();
      await plan.save('table-setup');
      await plan.table('8').waitFor();
      await ana.page.getByTestId('table-8').waitFor();
    });

    step('gets several tables at once, and a room of its own for many', async () => {
      await plan.root.getByTestId('add-several').click();
      await plan.fill({ 'several-from': '1', 'several-to': '3' });
      assert.match(await plan.refused('several', 'several-to'), new RegExp(words.full));
      await inspect(plan.page, 'several tables');
      await plan.escape();
      await plan.root.getByTestId('add-room').click();
      await plan.fill({ 'room-name': 'Patio' });
      await inspect(plan.page, 'a new room');
      await plan.save('room');
      await plan.root.getByText(words.empty).waitFor();
      await inspect(plan.page, 'a room without tables');
      await plan.root.getByTestId('add-several').click();
      await plan.fill({ 'several-from': '101', 'several-to': '140' });
      await plan.save('several');
      await plan.table('140').waitFor();
      assert.equal(await plan.root.locator('[data-testid^="plan-table-"]').count(), 40);
      await inspect(plan.page, 'a room of forty tables');
      await ana.page.getByTestId('tab-Patio').click();
      await ana.page.getByTestId('table-140').waitFor();
    });

    step('has its rooms put in order, and one hidden', async () => {
      await plan.root.getByTestId('order-rooms').click();
      const up = plan.sheet.getByTestId('rooms-Patio').locator('[data-does="up"]');
      await up.click();
      await up.click();
      await inspect(plan.page, 'rooms that are put in order');
      await plan.sheet.getByTestId('save-room-order').click();
      await plan.sheet.waitFor({ state: 'detached' });
      const tabs = ana.page.getByTestId('floor').getByRole('tab');
      await until('the till has them in this order', async () =>
        /^Patio/.test(await tabs.first().innerText()),
      );
      await plan.root.getByTestId('edit-room').click();
      await plan.sheet.getByTestId('room-active-no').click();
      await plan.save('room');
      await ana.page.getByTestId('tab-Patio').waitFor({ state: 'detached' });
      await inspect(plan.page, 'a room that is hidden');
    });

    step('says when there is nothing, and when it cannot be read', async () => {
      const { page } = plan;
      const nothing = { rooms: [], columns: 24, rows: 16, least_side: 2 };
      await page.route('**/api/v1/get_floor_setup', (route) => route.fulfill({ json: nothing }));
      await comeBackTo(page, 'floor-plan');
      await page.getByText(words.none).waitFor();
      await inspect(page, 'a house without rooms');
      await page.unroute('**/api/v1/get_floor_setup');
      await page.route('**/api/v1/get_floor_setup', (route) => route.abort());
      await comeBackTo(page, 'floor-plan');
      await page.getByTestId('floor-setup-problem').waitFor();
      await inspect(page, 'a floor plan that cannot be read');
      // What got no answer is asked for again by itself.
      await page.unroute('**/api/v1/get_floor_setup');
      await plan.table('1').or(plan.table('101')).first().waitFor();
    });
  });
}
