/**
 * The kitchen's window with nothing to do, with more than it can show, and when it hears nothing.
 */
import { Kitchen } from '../lib/kitchen.js';
import { signIn } from '../lib/till.js';
import { changedBoard, emptyBoard, fullBoard, fullPass, longBoard } from './answers.js';

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
  await page.getByTestId('layout-grid').click();
  await page.getByTestId('close-sheet').click();
  await page.locator('[data-layout="grid"] [data-ticket]').first().waitFor();
  await artist.draw('kitchen-grid', page);
  await page.keyboard.press('?');
  await page.getByTestId('keys-sheet').waitFor();
  await artist.draw('kitchen-keys', page);
  await page.context().close();
}

/** An addition, a table that changed, its slip, and something taken back. @param {Artist} artist */
export async function changesOnTheBoard(artist) {
  const cook = await Kitchen.open(await artist.browser(), artist.house.core, 'Cocina');
  const { page } = cook;
  await artist.told(page, BOARD, changedBoard);
  await page.reload();
  await cook.connection('connected');
  await page.locator('[data-slip]').waitFor();
  await artist.draw('kitchen-changes', page);
  await page.context().close();
}

/** Every station on one board. @param {Artist} artist */
export async function allStations(artist) {
  const { page } = await Kitchen.open(await artist.browser(), artist.house.core, 'Cocina');
  await page.getByTestId('change-station').click();
  await page.getByTestId('station-all').click();
  await page.locator('[data-ticket]').first().waitFor();
  await page.getByTestId('load').click();
  await page.getByTestId('touch-for-sound').waitFor({ state: 'detached' });
  await artist.draw('kitchen-all', page);
  await page.context().close();
}

/** What a waiter sees of the kitchen, who can do nothing there. @param {Artist} artist */
export async function lookedAtOnly(artist) {
  const page = await (await artist.browser()).newPage();
  await page.goto(artist.house.core.page('/kitchen'));
  await signIn(page, 'Ana');
  await page.getByTestId('station-Cocina').click();
  await page.locator('[data-ticket]').first().waitFor();
  await page.getByTestId('look-only').waitFor();
  await artist.draw('kitchen-look', page);
  await page.context().close();
}

/** The pass with more than fits on it, and when it hears nothing. @param {Artist} artist */
export async function theFullPass(artist) {
  const cook = await Kitchen.open(await artist.browser(), artist.house.core, 'pass');
  const { page } = cook;
  await artist.told(page, BOARD, fullPass);
  await page.reload();
  await cook.connection('connected');
  await page.getByTestId('pass-100').first().waitFor();
  await artist.draw('pass-full', page);
  await page.unroute(`**/api/v1/${BOARD}`);
  await artist.deafen(page);
  await cook.disconnected.waitFor();
  await page.locator('[data-testid^="pass-"]').first().waitFor();
  await artist.draw('pass-disconnected', page);
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
  await page.getByTestId('page-next').click();
  await artist.draw('kitchen-page-2', page);
  if (artist.look.tours === 'all') {
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
