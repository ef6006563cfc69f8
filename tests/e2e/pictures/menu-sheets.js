/**
 * The menu as its house writes it: what is refused, what it asks, what it costs, what a file would change.
 */
import { MenuPage } from '../lib/menu-page.js';
import { CAKE, NEXT_DAY_MS, PRODUCTS_FILE, emptyMenu, fullMenu } from './answers.js';

/** @typedef {import('./artist.js').Artist} Artist */

const SETUP = 'get_menu_setup';
const PICTURED = { category: 'Postres', code: '801' };
const DRINKS = 'Cocteles y cervezas';

/** @param {Artist} artist */
export async function overTheMenu(artist) {
  const till = await artist.till('Camila');
  const { page } = till;
  const menu = await MenuPage.open(till);
  await menu.root.getByTestId('add-category').click();
  await menu.fill({ 'category-name': 'Entradas' });
  await menu.refused('category', 'category-name');
  await artist.draw('menu-category', page);
  await page.keyboard.press('Escape');
  await menu.edit('Platos fuertes', '310');
  await artist.draw('menu-combo', page);
  await page.keyboard.press('Escape');
  await menu.category('Bebidas').click();
  await menu.root.getByTestId('variants-607').click();
  await menu.sheet.getByTestId('size-Grande').click();
  await menu.sheet.getByTestId('new-size').fill('Jarra');
  await menu.sheet.getByTestId('new-size').press('Enter');
  await menu.sheet.getByTestId('variant-row-Jarra').waitFor();
  await artist.draw('menu-variants', page);
  await page.keyboard.press('Escape');
  await menu.root.getByTestId('order-categories').click();
  await menu.sheet.waitFor();
  await artist.draw('menu-order', page);
  await page.keyboard.press('Escape');
  await menu.root.getByTestId('setup-search').fill('arroz');
  await menu.product('504').waitFor();
  await artist.draw('menu-search', page);
  await menu.root.getByTestId('setup-search').press('Escape');
  await menu.show('questions');
  await artist.draw('questions', page);
  await menu.root.getByTestId('group-Sabores').getByTestId('edit-group').click();
  await menu.sheet.waitFor();
  await artist.draw('question', page);
  await page.keyboard.press('Escape');
  await menu.show('taxes');
  await artist.draw('taxes', page);
  await menu.root.getByTestId('add-tax').click();
  await menu.fill({ 'tax-name': 'Licores', 'tax-rate': 'mucho' });
  await menu.refused('tax', 'tax-rate');
  await artist.draw('tax', page);
  await page.context().close();
}

/** The products that come first, and one with a picture. @param {Artist} artist */
export async function favouritesAndPhotos(artist) {
  const till = await artist.till('Camila');
  const { page } = till;
  const menu = await MenuPage.open(till);
  await menu.root.getByTestId('order-favourites').click();
  await menu.sheet.waitFor();
  await artist.draw('menu-favourites', page);
  await page.keyboard.press('Escape');
  await menu.edit(PICTURED.category, PICTURED.code);
  await menu.sheet
    .getByTestId('photo-file')
    .setInputFiles({ name: 'torta.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(CAKE, 'utf8') });
  await menu.sheet.getByTestId('photo-shown').waitFor();
  await menu.sheet.getByTestId('photo-shown').scrollIntoViewIfNeeded();
  await artist.draw('menu-photo', page);
  await menu.save('product-setup');
  await till.openTable('6');
  await page.getByTestId(`category-${PICTURED.category}`).click();
  await page.getByTestId(`product-${PICTURED.code}`).getByTestId('tile-photo').waitFor();
  await artist.draw('photos', page);
  await page.getByTestId('nav-menu').click();
  await menu.edit(PICTURED.category, PICTURED.code);
  await menu.sheet.getByTestId('photo-remove').click();
  await menu.save('product-setup');
  await page.context().close();
}

/** @param {Artist} artist */
export async function pricesAndFiles(artist) {
  const till = await artist.till('Camila');
  const { page } = till;
  await artist.told(page, 'get_price_lists', (prices) => {
    prices.next_day_at = NEXT_DAY_MS;
  });
  const menu = await MenuPage.open(till);
  await menu.show('prices');
  await menu.root.getByTestId('add-first-list').click();
  await menu.fill({ 'list-name': 'Hora feliz', 'discount-percent': '33,33' });
  await menu.sheet.getByTestId('discount-category').selectOption({ label: DRINKS });
  await menu.sheet.getByTestId('discount').click();
  await menu.sheet.getByTestId('price-Cerveza roja (330 ml)').waitFor();
  await menu.sheet.getByTestId('list-when-some').click();
  await artist.draw('price-list', page);
  await page.keyboard.press('Escape');
  await menu.root.getByTestId('import-products').click();
  await page.getByTestId('import-choose').waitFor();
  await artist.draw('import', page);
  await page
    .getByTestId('import-file')
    .setInputFiles({ name: 'carta.csv', mimeType: 'text/csv', buffer: Buffer.from(PRODUCTS_FILE, 'utf8') });
  await page.getByTestId('import-rows').waitFor();
  await artist.draw('import-preview', page);
  await page.context().close();
}

/** @param {Artist} artist */
export async function fullAndEmptyMenus(artist) {
  const till = await artist.till('Camila');
  const { page } = till;
  const menu = await MenuPage.open(till);
  await artist.told(page, SETUP, fullMenu);
  await page.reload();
  await page.getByTestId('pulse-Bar').waitFor();
  await menu.root.getByTestId('setup-products').waitFor();
  await artist.draw('menu-full', page);
  await page.unroute(`**/api/v1/${SETUP}`);
  await artist.told(page, SETUP, emptyMenu);
  await page.reload();
  await page.getByTestId('pulse-Bar').waitFor();
  await page.getByTestId('add-first-category').waitFor();
  await artist.draw('menu-none', page);
  await page.context().close();
}
