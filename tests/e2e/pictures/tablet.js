/**
 * A waiter's way on a tablet of 10 inches: the tables, an order that was sent, one that is typed, and the kitchen.
 */
import { Kitchen } from '../lib/kitchen.js';

/** @typedef {import('./artist.js').Artist} Artist */

/** @param {Artist} artist */
export async function onATablet(artist) {
  const till = await artist.till('Ana');
  const { page } = till;
  await page.getByTestId('table-12').waitFor();
  await artist.draw('floor', page);
  await till.openTable('10');
  await page.getByTestId('fire-2').waitFor();
  await artist.draw('held', page);
  await till.openTable('3');
  await page.getByTestId('order-details').click();
  await page.getByTestId('covers-4').click();
  await page.getByTestId('details-save').click();
  for (const code of ['502', '503', '504']) await till.pick('Acompañamientos', code);
  await till.cart.nth(2).waitFor();
  await artist.draw('cart', page);
  await till.pick('Parrilla', '401');
  await page.getByTestId('product-sheet').waitFor();
  await artist.draw('product', page);
  await page.keyboard.press('Escape');
  // What is typed here is nobody's: the next picture finds the table free.
  await page.getByTestId('discard-unsent').click();
  await till.floor.waitFor();
  await page.context().close();
}

/** @param {Artist} artist */
export async function theKitchenOnATablet(artist) {
  const { page } = await Kitchen.open(await artist.browser(), artist.house.core, 'Cocina');
  await page.locator('[data-ticket]').first().waitFor();
  await page.getByTestId('load').click();
  await page.getByTestId('touch-for-sound').waitFor({ state: 'detached' });
  await artist.draw('kitchen', page);
  await page.context().close();
}
