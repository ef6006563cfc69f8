/**
 * A house that writes its own menu and says who works in it: what is saved counts at once at tills that are open, and on
 * paper.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { inspect, inspectLargeText } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { MenuPage } from '../lib/menu-page.js';
import { PeoplePage } from '../lib/people-page.js';
import { drawn } from '../lib/pictures.js';
import { Stage } from '../lib/stage.js';
import { comeBackTo, typePin } from '../lib/till.js';
import { until } from '../lib/until.js';

const SIDES = 'Acompañamientos';
const SIDE = '502';

/**
 * Drags something onto something else, as a mouse does.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} what
 * @param {import('playwright-core').Locator} onto
 */
async function drag(page, what, onto) {
  await what.scrollIntoViewIfNeeded();
  const from = await what.boundingBox();
  assert.ok(from);
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2, from.y + 30);
  await onto.scrollIntoViewIfNeeded();
  const to = await onto.boundingBox();
  assert.ok(to);
  await page.mouse.move(to.x + 40, to.y + to.height / 2, { steps: 4 });
  await page.mouse.up();
}

describe('the menu', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  /** @type {MenuPage} */
  let menu;

  before(async () => {
    stage = await Stage.open();
    ana = await stage.till('Ana');
    menu = await MenuPage.open(await stage.till('Jorge', { reducedMotion: 'reduce' }));
  });
  after(() => stage?.close());

  step('is only for whoever may change it', async () => {
    assert.equal(await ana.page.getByTestId('nav-menu').count(), 0);
    await ana.page.evaluate(() => window.history.pushState({}, '', '/menu'));
    await ana.page.reload();
    await ana.page.getByText('Su rol no permite cambiar la carta').waitFor();
  });

  step('has its prices changed at tills that are open, with what is in the cart', async () => {
    await ana.openTable('5');
    await ana.pick(SIDES, SIDE);
    await menu.edit(SIDES, SIDE);
    await menu.fill({ 'product-price': '12.3' });
    assert.match(await menu.refused('product-setup', 'product-price'), /Escríbalo así: 18\.500/);
    await menu.fill({ 'product-price': '12.300' });
    await menu.sheet.getByText('Se cobra 12.300').waitFor();
    await menu.page.getByTestId('product-price').press('Enter');
    await menu.sheet.waitFor({ state: 'detached' });
    await menu.product(SIDE).getByText('12.300').waitFor();
    await ana.page.getByTestId(`product-${SIDE}`).getByText('12.300').waitFor();
    await ana.total('12.300');
    assert.equal(await ana.cart.count(), 1, 'the cart is as it was');
  });

  step('is refused beside the field that is wrong', async () => {
    await menu.edit(SIDES, SIDE);
    await menu.fill({ 'product-name': ' ' });
    assert.match(await menu.refused('product-setup', 'product-name'), /entre 1 y 60/);
    await menu.fill({ 'product-name': 'Papa criolla', 'product-code': '503' });
    assert.match(await menu.refused('product-setup', 'product-code'), /El código 503 es el de Yuca frita/);
    await inspect(menu.page, 'a product that is refused');
    await menu.page.keyboard.press('Escape');
    await menu.sheet.waitFor({ state: 'detached' });
    assert.match(await menu.product(SIDE).innerText(), /Papa criolla/);
  });

  step('puts a photo on tiles that are open, and takes it away', async () => {
    const photo = ana.page.getByTestId(`product-${SIDE}`).getByTestId('tile-photo');
    await menu.edit(SIDES, SIDE);
    const file = menu.sheet.getByTestId('photo-file');
    await file.setInputFiles({ name: 'p.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    assert.match(await menu.sheet.getByTestId('photo-problem').innerText(), /PNG, JPEG o SVG/);
    await file.setInputFiles({
      name: 'p.png',
      mimeType: 'image/png',
      buffer: await drawn(menu.page, 'image/png', '#b3541e'),
    });
    await menu.sheet.getByTestId('photo-shown').waitFor();
    await inspect(menu.page, 'a product with a photo');
    await menu.save('product-setup');
    await photo.waitFor();
    const wide = await photo.evaluate((/** @type {HTMLImageElement} */ image) => image.naturalWidth);
    assert.equal(wide, 480, 'it is cut to the shape of a tile');
    await inspect(ana.page, 'tiles with a photo');
    await menu.edit(SIDES, SIDE);
    await menu.sheet.getByTestId('photo-remove').click();
    await menu.save('product-setup');
    await photo.waitFor({ state: 'detached' });
  });

  step('gets a category whose product comes out of its station’s printer', async () => {
    await menu.root.getByTestId('add-category').click();
    await menu.fill({ 'category-name': SIDES });
    assert.match(await menu.refused('category', 'category-name'), /Ya hay una categoría llamada/);
    await menu.fill({ 'category-name': 'Jugos' });
    await menu.sheet.getByTestId('color-leaf').click();
    await menu.sheet.getByTestId('category-station').getByRole('button', { name: 'Bar' }).click();
    await inspect(menu.page, 'a new category');
    await menu.save('category');
    await menu.root.getByText('Esta categoría no tiene productos.').waitFor();
    await inspect(menu.page, 'a category without products');
    await menu.root.getByTestId('add-product').click();
    await menu.fill({ 'product-name': 'Jugo de borojó', 'product-code': '901', 'product-price': '9500' });
    await menu.sheet.getByTestId('product-station').getByText('Bar').first().waitFor();
    await inspect(menu.page, 'a new product');
    await inspectLargeText(menu.page, 'a new product');
    await menu.save('product-setup');
    await menu.product('901').getByText('Bar').waitFor();
    await ana.pick('Jugos', '901');
    await ana.sendOrder();
    await stage.core.paper('Bar', 'Mesa 5', 'Jugo de borojó');
    assert.deepEqual(await stage.core.slips('Cocina', 'Jugo de borojó'), []);
  });

  step('says in a cart what has left it since', async () => {
    await ana.pick('Jugos', '901');
    await menu.edit('Jugos', '901');
    await menu.sheet.getByTestId('product-active-no').click();
    await menu.save('product-setup');
    await menu.product('901').getByText('Fuera de la carta').waitFor();
    await ana.page.getByTestId('product-901').waitFor({ state: 'detached' });
    const standing = ana.cart.getByTestId('line-standing');
    await standing.waitFor();
    assert.equal(await standing.innerText(), 'Ya no está en la carta');
    await menu.edit('Jugos', '901');
    await menu.sheet.getByTestId('product-active-yes').click();
    await menu.save('product-setup');
    await standing.waitFor({ state: 'detached' });
    await ana.cart.click();
    await ana.page.getByTestId('line-remove').click();
  });

  step('is put in order with the keyboard alone', async () => {
    await menu.root.getByTestId('order-categories').press('Enter');
    const row = menu.sheet.getByTestId('places-Jugos');
    await row.getByRole('button', { name: 'Subir Jugos' }).focus();
    await inspect(menu.page, 'categories that are put in order');
    await menu.page.keyboard.press('ArrowUp');
    await row.locator('button:focus').waitFor();
    // And with the mouse: to the top, and let go of in the middle of nowhere.
    const grip = row.getByTestId('grip');
    const first = menu.sheet.locator('[data-place]').first();
    await drag(menu.page, grip, first);
    assert.match(await first.innerText(), /Jugos/);
    await drag(menu.page, first.getByTestId('grip'), menu.sheet.locator('[data-place]').last());
    await row.getByRole('button', { name: 'Subir Jugos' }).click();
    await menu.save('order');
    const names = () => ana.page.locator('[data-testid^="category-"] .name').allInnerTexts();
    await until('the till shows the same order', async () => (await names()).at(-2) === 'Jugos');
  });

  step('asks questions, each with its answers in order', async () => {
    await menu.show('questions');
    await inspect(menu.page, 'the questions');
    await menu.root.getByTestId('add-group').click();
    await menu.fill({ 'group-name': 'Endulzado con', 'answer-1': 'Azúcar' });
    await menu.sheet.getByTestId('add-answer').click();
    await menu.fill({ 'answer-2': 'Miel', 'surcharge-2': 'mucho' });
    assert.match(await menu.refused('group', 'answers'), /No se entiende ese precio/);
    await menu.fill({ 'surcharge-2': '1.000' });
    await menu.sheet.getByTestId('group-max-more').click();
    await menu.sheet.getByTestId('group-max-more').click();
    assert.match(await menu.refused('group', 'bounds'), /más respuestas de las que hay/);
    await menu.sheet.getByTestId('group-max-less').click();
    await menu.sheet.getByTestId('group-min-more').click();
    await menu.sheet.getByTestId('group-portioning-dearest').click();
    await inspect(menu.page, 'a question');
    await inspectLargeText(menu.page, 'a question');
    await menu.save('group');
    await menu.root.getByTestId('group-Endulzado con').getByText('Azúcar, Miel + 1.000').waitFor();
    await menu.show('products');
    await menu.edit('Jugos', '901');
    await menu.sheet.getByTestId('ask-Endulzado con').click();
    await menu.save('product-setup');
    await menu.product('901').waitFor();
    await until('the till asks it', async () => {
      await ana.pick('Jugos', '901');
      const asked = await ana.page.getByTestId('product-sheet').isVisible();
      if (!asked) return false;
      return ana.page.getByTestId('product-sheet').getByText('Miel').isVisible();
    });
    await ana.page.getByText('Elija de 1 a 2 · en partes iguales, se cobra la más cara').waitFor();
    await ana.page.getByTestId('modifier-Azúcar').click();
    await ana.page.getByTestId('modifier-Miel').click();
    await inspect(ana.page, 'a product in halves');
    await ana.page.getByTestId('sheet-done').click();
    await ana.cart.getByText('½ Azúcar · ½ Miel').waitFor();
    await ana.cart.getByText('10.500').waitFor();
    await ana.page.getByTestId('line-remove').click();
  });

  step('comes in sizes, each with its price and its code', async () => {
    await menu.root.getByTestId('variants-901').click();
    await menu.sheet.getByText('Se vende de una sola forma.').waitFor();
    await menu.sheet.getByTestId('size-Grande').click();
    await menu.sheet.getByTestId('new-size').fill('Jarra');
    await menu.sheet.getByTestId('new-size').press('Enter');
    const jug = menu.sheet.getByTestId('variant-row-Jarra');
    await jug.getByTestId('variant-price').fill('caro');
    assert.match(await menu.refused('variants', 'variants'), /Jarra: No se entiende ese precio/);
    await jug.getByTestId('variant-price').fill('25.000');
    await jug.getByTestId('variant-code').fill('901J');
    await jug.getByTestId('variant-barcodes').fill('7709901');
    await jug.getByTestId('variant-barcodes').press('Enter');
    await inspect(menu.page, 'a product in sizes');
    await inspectLargeText(menu.page, 'a product in sizes');
    await menu.save('variants');
    const sheet = ana.page.getByTestId('product-sheet');
    await until('the till offers the sizes', async () => {
      await ana.pick('Jugos', '901');
      if (await sheet.getByTestId('variant-Jarra').isVisible()) return true;
      await ana.page.keyboard.press('Escape');
      return false;
    });
    await sheet.getByTestId('variant-Jarra').click();
    await sheet.getByTestId('modifier-Azúcar').click();
    await sheet.getByTestId('sheet-done').click();
    await ana.cart.getByText('Jugo de borojó · Jarra').waitFor();
    await ana.cart.getByText('25.000').waitFor();
    await ana.page.getByTestId('line-remove').click();
  });

  step('is searched by name and by code', async () => {
    const search = menu.root.getByTestId('setup-search');
    await search.fill('BOROJO');
    await menu.root.getByText('1 producto encontrado').waitFor();
    await menu.product('901').getByText('Jugos · Bar').waitFor();
    await inspect(menu.page, 'what a search of the menu found');
    await search.fill('xyzqq');
    await menu.root.getByText('Nada en la carta se llama «xyzqq».').waitFor();
    await inspect(menu.page, 'a search of the menu that found nothing');
    await search.press('Escape');
    assert.equal(await search.inputValue(), '');
    await menu.category('Jugos').waitFor();
    await inspect(menu.page, 'the menu');
    await inspectLargeText(menu.page, 'the menu');
  });

  step('says when it is empty, when it cannot be read, and speaks English', async () => {
    const { page } = menu;
    await page.getByTestId('user-menu').click();
    await page.getByTestId('language-en').click();
    await page.getByTestId('close-sheet').click();
    const nothing = { categories: [], products: [], groups: [], stations: [], taxes: [], favourite_ids: [] };
    await page.route('**/api/v1/get_menu_setup', (route) => route.fulfill({ json: nothing }));
    await comeBackTo(page, 'menu');
    await page.getByText('The menu is empty.').waitFor();
    await inspect(page, 'an empty menu');
    await menu.show('questions');
    await page.getByText('No product asks anything.').waitFor();
    await inspect(page, 'no questions');
    await page.unroute('**/api/v1/get_menu_setup');
    await page.route('**/api/v1/get_menu_setup', (route) => route.abort());
    await comeBackTo(page, 'menu');
    await page.getByTestId('menu-setup-problem').waitFor();
    await inspect(page, 'a menu that cannot be read');
    // What got no answer is asked for again by itself.
    await page.unroute('**/api/v1/get_menu_setup');
    await menu.category('Jugos').waitFor();
  });
});

describe('people', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {PeoplePage} */
  let people;
  /** @type {import('playwright-core').Page} */
  let door;
  let nora = '';

  before(async () => {
    stage = await Stage.open();
    people = await PeoplePage.open(
      await stage.till('Camila', { colorScheme: 'dark', reducedMotion: 'reduce' }),
    );
    door = await (await stage.context()).newPage();
    await door.goto(stage.core.url);
    await door.getByTestId('terminal-Caja 1').click();
    await door.getByTestId('user-Ana').waitFor();
  });
  after(() => stage?.close());

  step('are only for whoever may say who they are', async () => {
    const jorge = await stage.till('Jorge');
    assert.equal(await jorge.page.getByTestId('nav-people').count(), 0);
    await jorge.page.context().close();
    await inspect(people.page, 'the people');
    await inspectLargeText(people.page, 'the people');
  });

  step('have a name of their own and a PIN of four digits, typed twice', async () => {
    await people.root.getByTestId('add-person').click();
    await people.sheet.getByTestId('person-name').fill('Ana');
    assert.match(await people.refused('pin'), /necesita un PIN/);
    await people.pin('123');
    assert.match(await people.refused('pin'), /cuatro cifras/);
    await people.pin('7777', '7778');
    assert.match(await people.refused('pin-again'), /no son iguales/);
    await people.pin('7777');
    assert.match(await people.refused('name'), /Ana/);
    await inspect(people.page, 'a person who is refused');
    await people.sheet.getByTestId('person-name').fill('Nora');
    await people.sheet.getByTestId('person-role-waiter').click();
    await people.save();
    await people.person('Nora').waitFor();
  });

  step('sign in as soon as they are there', async () => {
    await door.getByTestId('user-Nora').waitFor();
    const { users } = await stage.core.call('get_terminal', {});
    nora = users.find((/** @type {{ name: string }} */ user) => user.name === 'Nora').id;
    await door.getByTestId('user-Nora').click();
    await typePin(door, '7777');
    await door.getByTestId('floor').waitFor();
    assert.match(await door.getByTestId('user-menu').innerText(), /Nora/);
  });

  step('may do at once what their role may', async () => {
    assert.equal(await door.getByTestId('nav-menu').count(), 0);
    await people.show('roles');
    const settings = people.may('waiter', 'manage_settings');
    assert.equal(await settings.getAttribute('aria-checked'), 'false');
    await settings.press('Space');
    await door.getByTestId('nav-menu').waitFor();
    assert.equal(await settings.getAttribute('aria-checked'), 'true');
    const kept = people.may('admin', 'manage_roles');
    assert.equal(await kept.getAttribute('aria-disabled'), 'true');
    await people.root.getByText('Siempre puede').waitFor();
    await kept.press('Space');
    assert.equal(await kept.getAttribute('aria-checked'), 'true');
    await inspect(people.page, 'what each role may do');
    await inspectLargeText(people.page, 'what each role may do');
    await people.show('people');
  });

  step('cannot sign in any more once they are taken off', async () => {
    await people.edit('Nora');
    await people.sheet.getByTestId('person-active-no').click();
    await inspect(people.page, 'a person who leaves');
    await inspectLargeText(people.page, 'a person who leaves');
    await people.save();
    await people.root.getByText('Ya no trabajan aquí (1)').waitFor();
    await door.getByTestId('user-Ana').waitFor();
    await door.getByTestId('user-Nora').waitFor({ state: 'detached' });
    const terminal_id = (await stage.core.call('get_terminal', {})).terminals[0].id;
    const signIn = stage.core.call('log_in', { user_id: nora, pin: '7777', terminal_id });
    await assert.rejects(signIn, /log_in was refused/);
  });

  step('are never left without anybody who can give it all back', async () => {
    await people.edit('Camila');
    await people.sheet.getByTestId('person-active-no').click();
    assert.match(await people.refused('active'), /única persona que administra/);
    await people.page.keyboard.press('Escape');
    await people.person('Camila').getByText('usted').waitFor();
  });
});
