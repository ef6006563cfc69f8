/**
 * Makes the pictures of the documentation from the real program: the till, the kitchen and a ticket, as the
 * demonstration shows them, and the window of a start that failed.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Desktop } from '../lib/desktop.js';
import { documentationPictures } from '../lib/paths.js';
import { QueuePanel } from '../lib/queue-panel.js';
import { ClosedShop } from '../lib/shop.js';
import { Stage } from '../lib/stage.js';
import { until } from '../lib/until.js';

const TILL = { width: 1366, height: 768 };
const KITCHEN = { width: 1600, height: 900 };

/**
 * @typedef {import('../lib/till.js').Till} Till
 * A line to order: category, code, answers to its questions as `[group, answer]`, and what is typed.
 * @typedef {{ at: [string, string], answers?: Array<[string, string]>, note?: string, allergy?: string }} Wish
 */

/** @type {Array<{ table: string, covers: number, urgent?: boolean, wishes: Wish[] }>} */
const TABLES = [
  {
    table: '4',
    covers: 2,
    wishes: [
      { at: ['Acompañamientos', '502'] },
      {
        at: ['Parrilla', '401'],
        answers: [
          ['Término de la carne', 'Término medio'],
          ['Acompañamiento', 'Ensalada'],
        ],
      },
    ],
  },
  { table: '7', covers: 3, wishes: [{ at: ['Entradas', '104'] }, { at: ['Entradas', '107'] }] },
  { table: '2', covers: 1, urgent: true, wishes: [{ at: ['Acompañamientos', '504'] }] },
  { table: '10', covers: 6, wishes: [{ at: ['Sopas', '201'], answers: [['Porción', 'Porción completa']] }] },
  {
    table: '12',
    covers: 4,
    wishes: [
      { at: ['Entradas', '107'] },
      {
        at: ['Parrilla', '402'],
        answers: [
          ['Término de la carne', 'Tres cuartos'],
          ['Acompañamiento', 'Papa criolla'],
        ],
        note: 'la salsa aparte',
        allergy: 'maní',
      },
      { at: ['Cocteles y cervezas', '705'] },
    ],
  },
];
/** The line that the cashier takes back. */
const REGRETTED = { table: '7', name: 'Marranitas vallunas' };

/**
 * @param {Till} till
 * @param {Wish} wish
 */
async function choose(till, wish) {
  await till.pick(...wish.at);
  if (!wish.answers) return;
  for (const [group, answer] of wish.answers) {
    await till.page.getByTestId(`group-${group}`).getByTestId(`modifier-${answer}`).click();
  }
  if (wish.note) await till.page.getByTestId('sheet-note').fill(wish.note);
  if (wish.allergy) await till.page.getByTestId('sheet-allergy').fill(wish.allergy);
  await till.page.getByTestId('sheet-done').click();
}

/** @param {Till} till */
async function orderAll(till) {
  for (const { table, covers, urgent, wishes } of TABLES) {
    await till.openTable(table);
    for (const wish of wishes) await choose(till, wish);
    await till.page.getByTestId('order-details').click();
    await till.page.getByTestId(`covers-${covers}`).click();
    if (urgent) await till.page.getByTestId('draft-urgent').click();
    await till.page.getByTestId('details-save').click();
    await till.page.getByTestId('details-sheet').waitFor({ state: 'detached' });
    await till.sendOrder();
  }
}

/** @param {Stage} stage */
async function takeBack(stage) {
  const cashier = await stage.till('Luisa');
  await cashier.openTable(REGRETTED.table);
  await cashier.tick(REGRETTED.name, 'printed', 'seen');
  await cashier.sent(REGRETTED.name).getByRole('button').first().click();
  await cashier.page.getByTestId('void-line').click();
  await cashier.page.getByTestId('void-reason').nth(1).click();
  await cashier.page.getByTestId('confirm-void').click();
  await stage.core.paper('Cocina', 'ANULACIÓN', REGRETTED.name);
}

/** Messages at the bottom have said their piece. @param {Till} till */
async function dismissToasts(till) {
  for (const toast of await till.page.getByTestId('toast').all()) {
    await toast.getByRole('button').last().click();
  }
  await till.page.mouse.move(0, 0);
}

/** @param {string} name @param {Buffer} picture */
async function save(name, picture) {
  await writeFile(path.join(await documentationPictures(), `${name}.png`), picture);
  console.log(`docs/screenshots/${name}.png`);
}

/** The window that offers the last backup of damaged data. */
async function makeRecovery() {
  const shop = await ClosedShop.make();
  try {
    await shop.damage();
    const desktop = await Desktop.start({ data: shop.folder });
    try {
      await desktop.find('offer');
      await save('recovery', Buffer.from(await desktop.driver.takeScreenshot(), 'base64'));
    } finally {
      await desktop.stop();
    }
  } finally {
    await shop.remove();
  }
}

/** @param {Stage} stage */
async function makeAll(stage) {
  const till = await stage.till('Ana', { viewport: TILL, colorScheme: 'light' });
  await orderAll(till);
  const number = await till.ticketOf('Cocina');
  await till.tick('Punta de anca', 'printed');
  const slip = await stage.core.paper('Cocina', `#${number}`, 'Punta de anca');
  await save('ticket', await stage.core.slipPicture('Cocina', slip.number));

  const cook = await stage.kitchen('Cocina', { viewport: KITCHEN });
  await cook.ticket(number).waitFor();
  await till.tick('Punta de anca', 'seen');
  await till.pick('Bebidas', '602');
  await till.page.getByTestId('modifier-Vaso').click();
  await till.page.getByTestId('sheet-done').click();
  await till.page.getByTestId('category-Platos fuertes').click();
  await till.page.getByTestId('unsent-total').waitFor();
  await till.cart.last().scrollIntoViewIfNeeded();
  await dismissToasts(till);
  await save('order', await till.page.screenshot());

  await takeBack(stage);
  await cook.page.getByTestId('load').click();
  await until('the sound is on', async () => (await cook.page.getByTestId('touch-for-sound').count()) === 0);
  await cook.page.locator('[data-kind="void"]').click({ position: { x: 20, y: 20 } });
  await save('kitchen', await cook.page.screenshot());

  await till.page.getByTestId('nav-tables').click();
  await till.floor.waitFor();
  await dismissToasts(till);
  await save('floor', await till.page.screenshot());
  await makeQueue(stage);
}

/** The queue's panel in the hands of whoever steers it. @param {Stage} stage */
async function makeQueue(stage) {
  const manager = await stage.till('Jorge', { viewport: TILL, colorScheme: 'light' });
  const panel = await QueuePanel.open(manager);
  await panel.workers(2);
  await manager.page.mouse.move(0, 0);
  await save('queue', await manager.page.screenshot());
}

const stage = await Stage.open();
try {
  await makeAll(stage);
} finally {
  await stage.close();
}
await makeRecovery();
