/**
 * What is asked of an order before it is sent, and what opens over one that was.
 */
import { Hands } from '../lib/hands.js';
import { hold } from '../lib/taps.js';

/** @typedef {import('./artist.js').Artist} Artist */

/** @param {Artist} artist */
export async function whileItIsTyped(artist) {
  const till = await artist.till('Ana');
  const { page } = till;
  await till.openTable('6');
  await till.pick('Platos fuertes', '310');
  await page.getByTestId('option-201').click();
  await page.getByTestId('asked-201').getByTestId('modifier-Media porción').click();
  await artist.draw('combo', page);
  await page.keyboard.press('Escape');
  await till.pick('Postres', '806');
  for (const flavour of ['Chocolate', 'Coco']) await page.getByTestId(`modifier-${flavour}`).click();
  await artist.draw('halves', page);
  await page.keyboard.press('Escape');
  await page.getByTestId('order-details').click();
  await page.getByTestId('covers-3').click();
  await page.getByTestId('details-save').click();
  await till.pick('Acompañamientos', '502');
  await page.getByTestId('for-course-2').click();
  await page.getByTestId('for-seat-2').click();
  await till.pick('Acompañamientos', '503');
  await artist.draw('courses', page);
  await page.context().close();
}

/** @param {Artist} artist */
export async function besideIt(artist) {
  const till = await artist.till('Ana');
  const { page } = till;
  await till.openTable('4');
  await till.sent('Papa criolla').getByRole('button').first().click();
  await page.getByTestId('void-line').click();
  await page.getByTestId('void-reason').nth(1).click();
  await page.getByTestId('approver-Luisa').click();
  await page.keyboard.type('11');
  await artist.draw('approval', page);
  await page.keyboard.press('Escape');
  await till.openTable('6');
  await till.pick('Acompañamientos', '502');
  await till.cart.first().waitFor();
  await page.keyboard.press('F7');
  await page.getByTestId('quantity-sheet').waitFor();
  await artist.draw('quantity', page);
  await page.keyboard.press('Escape');
  await page.getByTestId('product-503').click({ button: 'right' });
  await page.getByTestId('availability-now').waitFor();
  await page.getByTestId('left-2').click();
  await artist.draw('availability', page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByTestId('keys-sheet').waitFor();
  await artist.draw('keys', page);
  await page.keyboard.press('Escape');
  await page.getByTestId('search').fill('xyzqq');
  await page.getByText(/xyzqq/).waitFor();
  await artist.draw('search-none', page);
  await page.getByTestId('clear-search').click();
  await page.getByTestId('user-menu').click();
  await page.getByTestId('lock').waitFor();
  await artist.draw('preferences', page);
  await page.getByTestId('lock').click();
  await page.getByTestId('locked').waitFor();
  await artist.draw('locked', page);
  await page.context().close();
}

/** @param {Artist} artist */
export async function onceItWasSent(artist) {
  const till = await artist.till('Luisa');
  const { page } = till;
  const hands = new Hands(till);
  await till.openTable('10');
  await page.getByTestId('fire-2').waitFor();
  await artist.draw('held', page);
  await till.openTable('4');
  await till.sent('Papa criolla').getByRole('button').first().click();
  await page.getByTestId('void-line').click();
  await page.getByTestId('void-reason').nth(1).click();
  await artist.draw('void', page);
  await page.keyboard.press('Escape');
  await page.getByTestId('order-menu').click();
  await page.getByTestId('order-menu-sheet').waitFor();
  await artist.draw('order-menu', page);
  await page.keyboard.press('Escape');
  await page.getByTestId('print-bill').click();
  await page.getByTestId('where-sheet').waitFor();
  await artist.draw('where', page);
  await page.keyboard.press('Escape');
  for (const what of /** @type {const} */ (['give', 'merge'])) {
    await hands.menu(what);
    await page.getByTestId(`${what}-sheet`).waitFor();
    await artist.draw(what, page);
    await page.keyboard.press('Escape');
  }
  await page.getByTestId('move-order').click();
  await hands.carry.waitFor();
  await artist.draw('move', page);
  await hands.table('7').click();
  await page.getByTestId('place-sheet').waitFor();
  await artist.draw('place', page);
  await page.keyboard.press('Escape');
  await page.getByTestId('carry-cancel').click();
  await hands.toTables();
  await hold(page, hands.table('10'), page.getByTestId('table-sheet'));
  await artist.draw('table', page);
  await page.keyboard.press('Escape');
  await page.getByTestId('search').fill('12');
  await page.getByTestId('floor-says').getByText(/12/).waitFor();
  await artist.draw('floor-search', page);
  await page.context().close();
}

/** The bill of table 4 in parts, and whole again. @param {Artist} artist */
export async function inParts(artist) {
  const till = await artist.till('Luisa');
  const { page } = till;
  await till.openTable('4');
  await page.getByTestId('divide-bill').click();
  await page.getByTestId('parts-count-more').click();
  await page.getByTestId('part-amount').nth(2).waitFor();
  await page.getByTestId('share-line').first().click();
  for (const part of ['share-1', 'share-3']) await page.getByTestId(part).click();
  await page.locator('[data-testid="part-amounts"][aria-busy="false"]').waitFor();
  await artist.draw('parts', page);
  await page.getByTestId('parts-save').click();
  await page.getByTestId('parts-strip').waitFor();
  await artist.hush(page);
  await artist.draw('order-parts', page);
  await page.getByTestId('parts-change').click();
  await page.getByTestId('parts-join').click();
  await page.getByTestId('parts-strip').waitFor({ state: 'detached' });
  await page.context().close();
}
