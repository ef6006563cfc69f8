/**
 * A restaurant at its fullest, as the core would tell it: 40 categories, 300 products in one of them, names of 60
 * letters, sums of nine figures, an order of 80 lines. What the real core answers is enlarged on its way to the page.
 */

/** A name of exactly 60 letters. */
export const LONG_NAME = 'Cazuela de mariscos del Pacífico con leche de coco y patacón';
export const BIG_SUM = 99_999_999_900;
export const CATEGORIES = 40;
export const PRODUCTS = 300;
export const LINES = 80;
/** The category with all the products. */
export const FULL = 'Acompañamientos';

/** What the core says, as it says it. @param {string} text */
const asItIs = (text) => text;

/**
 * Has a page be told something else than what the core says.
 * @param {import('playwright-core').Page} page
 * @param {string} command
 * @param {(answer: any, request: any) => void} change Changes the answer in place.
 * @param {(text: string) => string} [retell] What becomes of the answer before.
 */
export async function told(page, command, change, retell = asItIs) {
  await page.route(`**/api/v1/${command}`, async (route) => {
    try {
      const response = await route.fetch();
      const answer = JSON.parse(retell(await response.text()));
      if (response.ok()) change(answer, route.request().postDataJSON());
      await route.fulfill({ response, json: answer });
    } catch {
      // The page was closed or left while it asked.
      await route.abort().catch(() => undefined);
    }
  });
}

/** @param {any} menu */
function fillMenu(menu) {
  const full = menu.categories.find((/** @type {{ name: string }} */ one) => one.name === FULL);
  const pattern = menu.products.find((/** @type {any} */ one) => one.category_id === full.id);
  for (let n = menu.categories.length; n < CATEGORIES; n += 1) {
    const name = n % 3 === 0 ? LONG_NAME : `Categoría número ${n}`;
    menu.categories.push({ ...full, id: `${full.id}-${n}`, name });
  }
  for (let n = 0; n < PRODUCTS; n += 1) {
    menu.products.push({
      ...pattern,
      id: `${pattern.id}-${n}`,
      name: n % 2 === 0 ? LONG_NAME : `Producto ${n}`,
      short_code: `c${n}`,
      price_minor: n % 5 === 0 ? BIG_SUM : pattern.price_minor,
      remaining: n % 7 === 0 ? 3 : null,
      sold_out: n % 11 === 10,
    });
  }
}

/** @param {any} order */
function fillOrder(order) {
  const [line] = order.lines;
  const more = { note: 'sin cebolla, extra queso, bien caliente', allergy: 'maní, mariscos y frutos secos' };
  order.lines = Array.from({ length: LINES }, (_, n) => ({
    ...line,
    id: `${line.id}-${n}`,
    name: n % 2 === 0 ? LONG_NAME : line.name,
    quantity: n % 9 === 0 ? 999 : 1,
    total_minor: n % 3 === 0 ? BIG_SUM : line.total_minor,
    course: 1 + (n % 3),
    ...(n % 4 === 0 ? more : {}),
  }));
  order.total_minor = BIG_SUM;
  order.customer = 'María Fernanda Rodríguez de la Espriella y Santamaría';
}

/** @param {any} floor */
function fillFloor(floor) {
  const tables = floor.rooms.flatMap((/** @type {any} */ room) => room.tables);
  const pattern = tables.flatMap((/** @type {any} */ table) => table.orders)[0];
  const statuses = ['queued', 'printing', 'blocked', 'sent', 'printed', 'preparing', 'ready', 'voided'];
  for (const [n, table] of tables.entries()) {
    if (n % 5 === 4 || table.orders.length > 0) continue;
    const status = statuses[n % statuses.length];
    const facts = { status, total_minor: BIG_SUM, covers: 12, waiter: 'María Fernanda', urgent: n % 4 === 0 };
    const order = { ...pattern, id: `${pattern.id}-${n}`, number: 100 + n, ...facts };
    table.orders = n % 6 === 0 ? [order, { ...order, id: `${order.id}-b` }] : [order];
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {(text: string) => string} [retell] What becomes of an answer before it is enlarged.
 */
export async function fill(page, retell) {
  await told(page, 'get_menu', fillMenu, retell);
  await told(page, 'get_order', fillOrder, retell);
  await told(page, 'get_floor', fillFloor, retell);
}

/** Tickets of a full station. */
export const TICKETS = 60;

/** What makes a ticket of a full station another than the one before. @param {number} n */
function oddities(n) {
  const odd = [
    {},
    { urgent: true },
    { kind: 'change', note: 'Cumpleaños en la mesa: todo sale al mismo tiempo, con vela' },
    { backup: true, fired: 2 },
    { kind: 'void' },
    { table: null, order_type: 'take_away', customer: 'María Fernanda Rodríguez de la Espriella' },
  ];
  return odd[n % odd.length];
}

/** A station with sixty tickets, one of which has eighty lines. @param {any} view */
function fillStation(view) {
  const [pattern] = view.tickets;
  if (!pattern) return;
  const [line] = pattern.lines;
  const more = { note: 'sin cebolla, extra queso', modifiers: ['Término medio', 'Papas a la francesa'] };
  view.tickets = Array.from({ length: TICKETS }, (_, n) => ({
    ...pattern,
    ...oddities(n),
    id: `${pattern.id.slice(0, -3)}${String(n).padStart(3, '0')}`,
    order_id: `${pattern.order_id.slice(0, -3)}${String(n).padStart(3, '0')}`,
    number: 100 + n,
    created_at: pattern.created_at - (TICKETS - n) * 25_000,
    late_at: pattern.created_at - (TICKETS - n) * 25_000 + 1_200_000,
    lines: Array.from({ length: n === 2 ? LINES : 1 + (n % 5) }, (_, at) => ({
      ...line,
      line_id: `${line.line_id}-${n}-${at}`,
      name: at % 3 === 1 ? LONG_NAME : line.name,
      quantity: at % 4 === 3 ? 999 : 1 + at,
      combo: at % 5 === 2 ? 'Combo ejecutivo' : null,
      allergy: at % 4 === 2 ? 'maní, mariscos y frutos secos' : null,
      voided: n % 6 === 4,
      ...(at % 3 === 0 ? more : {}),
    })),
  }));
}

/** Has a kitchen's screen be told of full stations. @param {import('playwright-core').Page} page */
export async function fillKitchen(page) {
  await told(page, 'list_kitchen_tickets', fillStation);
}
