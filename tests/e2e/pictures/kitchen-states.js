/**
 * The kitchen's window with nothing to do, with more than it can show, and when it hears nothing.
 */
import { Kitchen } from '../lib/kitchen.js';
import { emptyBoard, fullBoard, longBoard } from './answers.js';

/** @typedef {import('./artist.js').Artist} Artist */

const BOARD = 'list_kitchen_tickets';

/** @param {Artist} artist */
export async function overTheBoard(artist) {
  const cook = await Kitchen.open(await artist.browser(), artist.house.core, 'Cocina');
  const { page } = cook;
  await page.locator('[data-ticket]').first().waitFor();
  await page.getByTestId('load').click();
  await page.getByTestId('touch-for-sound').waitFor({ state: 'detached' });
  await page.getByTestId('sums').click();
  await page.getByTestId('sums-sheet').waitFor();
  await artist.draw('kitchen-sums', page);
  await page.keyboard.press('Escape');
  await page.getByTestId('kitchen-menu').click();
  await page.getByTestId('menu-sheet').waitFor();
  await artist.draw('kitchen-menu', page);
  await page.context().close();
}

/** What was done last, to be had back. @param {Artist} artist */
export async function whatIsDone(artist) {
  const { page } = await Kitchen.open(await artist.browser(), artist.house.core, 'Bar');
  await page.getByTestId('done').click();
  await page.locator('[data-testid^="recall-"]').first().waitFor();
  await artist.draw('kitchen-done', page);
  await page.context().close();
}

/** @param {Artist} artist */
export async function unheardByTheKitchen(artist) {
  const cook = await Kitchen.open(await artist.browser(), artist.house.core, 'Cocina');
  const { page } = cook;
  await artist.deafen(page);
  await cook.disconnected.waitFor();
  await page.locator('[data-ticket]').first().waitFor();
  await artist.draw('kitchen-disconnected', page);
  await page.context().close();
}

/** @param {Artist} artist */
export async function fullAndEmptyBoards(artist) {
  const cook = await Kitchen.open(await artist.browser(), artist.house.core, 'Cocina');
  const { page } = cook;
  await artist.told(page, BOARD, fullBoard);
  await page.reload();
  await cook.connection('connected');
  await page.getByTestId('page-next').waitFor();
  await artist.draw('kitchen-full', page);
  if (!artist.look.short) {
    await page.unroute(`**/api/v1/${BOARD}`);
    await artist.told(page, BOARD, longBoard);
    await page.reload();
    await cook.connection('connected');
    await cook.ticket('998').waitFor();
    await artist.draw('kitchen-long-words', page);
  }
  await page.unroute(`**/api/v1/${BOARD}`);
  await artist.told(page, BOARD, emptyBoard);
  await page.reload();
  await cook.connection('connected');
  await cook.idle.waitFor();
  await artist.draw('kitchen-idle', page);
  await page.getByTestId('change-station').click();
  await page.getByTestId('station-pass').waitFor();
  await artist.draw('stations', page);
  await page.getByTestId('station-pass').click();
  await cook.idle.waitFor();
  await artist.draw('pass-none', page);
  await page.context().close();
}
