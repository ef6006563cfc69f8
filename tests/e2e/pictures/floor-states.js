/**
 * The main window when it has too much, nothing, and nobody who answers.
 */
import { fill, LINES } from '../lib/crowd.js';
import { Till, signIn } from '../lib/till.js';
import { until } from '../lib/until.js';
import { freeFloor } from './answers.js';

/** @typedef {import('./artist.js').Artist} Artist */

/** @param {Artist} artist */
export async function atItsFullest(artist) {
  const page = await (await artist.browser()).newPage();
  await fill(page, (text) => artist.house.clock.retell(text));
  await page.goto(artist.house.core.url);
  await signIn(page, 'Ana');
  const till = new Till(page);
  await till.floor.waitFor();
  await page.getByTestId('pulse-Bar').waitFor();
  await artist.draw('floor-full', page);
  await page.getByTestId('table-12').click();
  await until('all its lines are there', async () => (await till.sent('').count()) === LINES);
  await page.getByTestId('category-Acompañamientos').click();
  await page.getByTestId('product-c0').waitFor();
  await artist.draw('order-full', page);
  await page.context().close();
}

/** @param {Artist} artist */
export async function withNothing(artist) {
  const till = await artist.till('Ana');
  const { page } = till;
  await artist.told(page, 'get_floor', freeFloor);
  await page.reload();
  await page.getByTestId('pulse-Bar').waitFor();
  await page.locator('[data-testid="table-12"][data-state="free"]').waitFor();
  await artist.draw('floor-free', page);
  await page.getByTestId('nav-take-away').click();
  await page.getByTestId('new-take_away').waitFor();
  await artist.draw('take-away-none', page);
  await page.goto(artist.house.core.page('/till'));
  await page.getByTestId('pulse-Bar').waitFor();
  await artist.draw('refused', page);
  await page.context().close();
}

/** @param {Artist} artist */
export async function unheard(artist) {
  const till = await artist.till('Ana');
  const { page } = till;
  await page.route('**/api/v1/get_floor', () => undefined);
  await page.reload();
  await page.getByTestId('pulse-Bar').waitFor();
  await artist.draw('floor-loading', page);
  await page.unroute('**/api/v1/get_floor');
  await page.route('**/api/v1/get_floor', (route) => route.abort());
  await page.reload();
  await page.getByTestId('pulse-Bar').waitFor();
  await page.getByTestId('floor-problem').waitFor();
  await artist.draw('floor-unread', page);
  await page.unroute('**/api/v1/get_floor');
  await till.openTable('6');
  await artist.deafen(page);
  await till.disconnected.waitFor();
  await page.getByTestId('product-301').waitFor();
  await artist.draw('disconnected', page);
  await page.context().close();
}
