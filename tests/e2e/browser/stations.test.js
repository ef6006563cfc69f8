/**
 * A house that gets a grill: the station is made where printers are, given its part of the menu, printed for, called
 * otherwise, put in another place and closed, while a kitchen's screen and a till look on.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { inspect } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { MenuPage } from '../lib/menu-page.js';
import { PrintersPage } from '../lib/printers-page.js';
import { Stage } from '../lib/stage.js';
import { until } from '../lib/until.js';

const GRILL = 'Parrilla de leña';
const FIRE = 'Fogón';

describe('stations', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {PrintersPage} */
  let printers;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  /** @type {import('../lib/kitchen.js').Kitchen} */
  let cook;

  before(async () => {
    stage = await Stage.open();
    [ana, printers] = await Promise.all([
      stage.till('Ana'),
      stage.till('Jorge', { reducedMotion: 'reduce' }).then((jorge) => PrintersPage.open(jorge)),
    ]);
  });
  after(() => stage?.close());

  /** @param {string} testid */
  const sheet = (testid) => printers.page.getByTestId(testid);
  const order = async () =>
    (await printers.root.locator('[data-testid^="chain-"] h3').allInnerTexts()).map((name) => name.trim());

  step('are made with the printers of another, by the keyboard alone', async () => {
    await printers.root.getByTestId('add-station').press('Enter');
    const name = sheet('station-name');
    await name.fill('BAR');
    await name.press('Enter');
    assert.match(await sheet('station-name-problem').innerText(), /Ya hay una estación llamada Bar/);
    await name.fill(GRILL);
    await sheet('station-like').getByText('Como Bar').click();
    await name.press('Enter');
    await sheet('station-sheet').waitFor({ state: 'detached' });
    await printers.chain(GRILL).getByText('Bar', { exact: true }).waitFor();
    assert.deepEqual(await order(), ['Cocina', 'Bar', 'Postres', GRILL]);
  });

  step('make at once what the menu gives them', async () => {
    const menu = await MenuPage.open(printers);
    await menu.category('Acompañamientos').click();
    await menu.root.getByTestId('edit-category').click();
    await menu.sheet.getByTestId('category-station').getByText(GRILL).click();
    await menu.save('category');
    await ana.openTable('5');
    await ana.pick('Acompañamientos', '502');
    await ana.sendOrder();
    await stage.core.paper('Bar', GRILL, 'Mesa 5');
  });

  step('are called otherwise everywhere, on what comes next', async () => {
    cook = await stage.kitchen(GRILL);
    await printers.page.getByTestId('nav-printers').click();
    await printers.chain(GRILL).getByTestId('rename-station').click();
    await sheet('station-name').fill(FIRE);
    await inspect(printers.page, 'a station that is called otherwise');
    await sheet('save-station').click();
    await printers.chain(FIRE).waitFor();
    await until('the kitchen is called so', async () =>
      (await cook.page.getByTestId('kitchen').innerText()).toLowerCase().includes(FIRE.toLowerCase()),
    );
    await ana.pick('Acompañamientos', '503');
    await ana.sendOrder();
    await stage.core.paper('Bar', FIRE, 'Mesa 5');
    assert.equal((await stage.core.slips('Bar', GRILL)).length, 1, 'the first keeps its name');
  });

  step('stand where they are put', async () => {
    await printers.root.getByTestId('order-stations').click();
    const row = sheet('station-places').getByTestId(`station-places-${FIRE}`);
    await row.locator('[data-does="up"]').focus();
    for (const place of [3, 2, 1]) {
      await printers.page.keyboard.press('ArrowUp');
      await until(`it is number ${place}`, async () => (await row.innerText()).trim().startsWith(`${place}`));
    }
    await inspect(printers.page, 'the order of the stations');
    await sheet('save-station-order').click();
    await until('the grill is first', async () => (await order())[0] === FIRE);
  });

  step('are closed in English once nothing waits there, and another makes what they made', async () => {
    const { page } = printers;
    await page.getByTestId('user-menu').click();
    await page.getByTestId('language-en').click();
    await page.getByTestId('close-sheet').click();
    await printers.root.getByText('New station').waitFor();
    await printers.chain(FIRE).getByTestId('close-station').click();
    const close = sheet('close-station-sheet');
    assert.match(
      await close.innerText(),
      /This cannot be undone\.[^]*Which station makes what it made\? \(1 category/,
    );
    const confirm = sheet('confirm-close-station');
    assert.ok(await confirm.isDisabled(), 'somebody has to get what it made');
    await close.getByRole('button', { name: 'Postres' }).click();
    await confirm.click();
    assert.match(
      await sheet('close-station-problem').innerText(),
      /cannot be closed: \d tickets? (is|are) left on its kitchen screen/,
    );
    await inspect(page, 'a station that cannot be closed yet, in English');
    for (const number of ['1', '2']) await cook.bump(number);
    await confirm.click();
    await close.waitFor({ state: 'detached' });
    await printers.chain(FIRE).waitFor({ state: 'detached' });
  });

  step('leave a sentence on the screen that showed them, and no order without paper', async () => {
    await cook.page
      .getByTestId('station-closed')
      .getByText('La estación que mostraba esta pantalla se cerró')
      .waitFor();
    assert.equal(await cook.page.getByTestId(`station-${FIRE}`).count(), 0);
    await cook.page.getByTestId('station-Postres').click();
    await ana.pick('Acompañamientos', '504');
    await ana.sendOrder();
    await stage.core.paper('Postres', 'Mesa 5');
  });

  step('are added too where a printer is given its stations', async () => {
    await printers.device('Postres').getByTestId('try-device').click();
    await printers.tryout.getByTestId('skip-rows').click();
    await sheet('tryout-new-station').fill('Cocina');
    await sheet('tryout-new-station').press('Enter');
    await sheet('tryout-new-station-problem').getByText('There is a station called Cocina already').waitFor();
    await sheet('tryout-new-station').fill('Oven');
    await sheet('tryout-add-station').click();
    await printers.tryout.getByTestId('give-Oven').getByText('Now: Postres').waitFor();
    assert.equal(await printers.role('Oven', 'first').getAttribute('aria-pressed'), 'true');
    await sheet('tryout-done').click();
    await printers.chain('Oven').getByText('Postres').waitFor();
  });
});
