/**
 * The screens of the pictures, each as a person comes to it. Nothing that is done here changes what another picture
 * shows, but for what is said to.
 */
import { FloorPage } from '../lib/floor-page.js';
import { GuestPage } from '../lib/guest-page.js';
import { Hands } from '../lib/hands.js';
import { Kitchen } from '../lib/kitchen.js';
import { MenuPage } from '../lib/menu-page.js';
import { PeoplePage } from '../lib/people-page.js';
import { PrintersPage } from '../lib/printers-page.js';
import { QueuePanel } from '../lib/queue-panel.js';
import { SettingsPage } from '../lib/settings-page.js';
import { TillPage } from '../lib/till-page.js';
import { hush } from '../lib/toasts.js';

/** @typedef {import('./artist.js').Artist} Artist */

/** @param {Artist} artist */
export async function atTheDoor(artist) {
  const page = await (await artist.browser()).newPage();
  await page.goto(artist.house.core.url);
  await page.getByTestId('terminal-Caja 1').click();
  await page.getByTestId('user-Ana').waitFor();
  await artist.draw('sign-in', page);
  await page.getByTestId('user-Ana').click();
  await page.getByTestId('pin-pad').waitFor();
  await artist.draw('pin', page);
  await page.context().close();
}

/** @param {Artist} artist */
export async function atTheTables(artist) {
  const till = await artist.till('Ana');
  const { page } = till;
  await page.getByTestId('table-12').waitFor();
  await artist.draw('floor', page);
  await till.openTable('12');
  await till.tick('Punta de anca', 'printed', 'seen');
  await till.pick('Bebidas', '602');
  await page.getByTestId('modifier-Vaso').click();
  await page.getByTestId('sheet-done').click();
  await page.getByTestId('category-Platos fuertes').click();
  await page.getByTestId('unsent-total').waitFor();
  await till.cart.last().scrollIntoViewIfNeeded();
  await artist.draw('order', page);
  await till.pick('Parrilla', '401');
  await page.getByTestId('product-sheet').waitFor();
  await artist.draw('product', page);
  await page.keyboard.press('Escape');
  await page.getByTestId('search').fill('papa');
  await page.getByTestId('search-head').waitFor();
  await artist.draw('search', page);
  await page.getByTestId('clear-search').click();
  await till.openTable('4');
  await till.sent('Papa criolla').waitFor();
  const hands = new Hands(till);
  await hands.menu('split');
  await hands.check('Papa criolla');
  await artist.draw('split', page);
  await page.keyboard.press('Escape');
  await page.getByTestId('nav-take-away').click();
  await page.getByTestId('take-away').getByText('Marta Rojas').waitFor();
  await artist.draw('take-away', page);
  await page.getByTestId('take-away').getByText('Marta Rojas').click();
  await page.getByTestId('order-title').getByText('Marta Rojas').waitFor();
  await page.getByTestId('order-details').click();
  await page.getByTestId('details-sheet').waitFor();
  await artist.draw('details', page);
  await page.context().close();
}

/** @param {Artist} artist */
export async function inTheKitchen(artist) {
  const cook = await Kitchen.open(await artist.browser(), artist.house.core, 'Cocina');
  const { page } = cook;
  await page.locator('[data-ticket]').first().waitFor();
  await page.getByTestId('load').click();
  await page.getByTestId('touch-for-sound').waitFor({ state: 'detached' });
  await artist.draw('kitchen', page);
  await page.getByTestId('change-station').click();
  await page.getByTestId('station-pass').click();
  await page.locator('[data-testid^="pass-"]').first().waitFor();
  await artist.draw('pass', page);
  await page.context().close();
}

/** @param {Artist} artist */
export async function atTheTill(artist) {
  const till = await artist.till('Luisa');
  await TillPage.open(till);
  await till.page.getByTestId('till-total').waitFor();
  await artist.draw('till', till.page);
  const guests = await GuestPage.open(till);
  await guests.calm.waitFor();
  await artist.draw('guests-calm', guests.page);
  await till.openTable('12');
  await guests.lines.first().waitFor();
  await artist.draw('guests', guests.page);
  await till.page.context().close();
}

/** @param {Artist} artist */
export async function inTheOffice(artist) {
  const till = await artist.till('Camila');
  const { page } = till;
  await PrintersPage.open(till);
  await artist.draw('printers', page);
  const menu = await MenuPage.open(till);
  await menu.category('Parrilla').click();
  await menu.product('401').waitFor();
  await artist.draw('menu', page);
  await menu.product('401').click();
  await menu.sheet.waitFor();
  await artist.draw('menu-product', page);
  await page.keyboard.press('Escape');
  await FloorPage.open(till);
  await artist.draw('floor-plan', page);
  const people = await PeoplePage.open(till);
  await artist.draw('people', page);
  await people.show('roles');
  await people.root.locator('[data-testid^="may-"]').first().waitFor();
  await artist.draw('roles', page);
  await SettingsPage.open(till);
  await artist.draw('settings', page);
  await page.goto(artist.house.core.page('/first-steps'));
  await page.getByTestId('first-steps').waitFor();
  await artist.draw('first-steps', page);
  const panel = await QueuePanel.open(till);
  await panel.sheet.getByTestId('workers').waitFor();
  await artist.draw('queue', page);
  await page.context().close();
}

/** The bar runs out of paper, and gets a new roll. @param {Artist} artist */
export async function inTrouble(artist) {
  const { core } = artist.house;
  const till = await artist.till('Jorge');
  const { page } = till;
  artist.house.clock.chapter(1);
  await core.setCondition('Bar', 'paper_out');
  await till.openTable('5');
  await till.pick('Bebidas', '607');
  await till.sendOrder();
  await till.tick('Agua con gas', 'problem');
  await hush(page);
  await page.getByTestId('unprinted-badge').click();
  await page.getByTestId('unprinted-sheet').locator('li').first().waitFor();
  await artist.draw('unprinted', page);
  await page.keyboard.press('Escape');
  await page.getByTestId('nav-tables').click();
  await page.locator('[data-testid="table-5"][data-state="alarm"]').waitFor();
  await artist.draw('floor-trouble', page);
  await page.getByTestId('pulse-strip').click();
  await page.getByTestId('queue-lane-Bar').waitFor();
  await artist.draw('queue-trouble', page);
  await page.keyboard.press('Escape');
  await core.setCondition('Bar', 'ready');
  await core.paper('Bar', 'Agua con gas');
  await page.context().close();
}
