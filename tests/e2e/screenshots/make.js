/**
 * Makes the pictures of the documentation from the real program: the till, the kitchen and a ticket, as the
 * demonstration shows them.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { documentationPictures } from '../lib/paths.js';
import { Stage } from '../lib/stage.js';
import { until } from '../lib/until.js';

const VIEW = { width: 1366, height: 768 };

/**
 * A line to order: category, code, answers to its questions as `[group, answer]`, and what is typed.
 * @typedef {{ at: [string, string], answers?: Array<[string, string]>, note?: string, allergy?: string }} Wish
 */

/** @type {Array<{ table: string, wishes: Wish[] }>} */
const TABLES = [
  {
    table: '4',
    wishes: [
      { at: ['Acompañamientos', '502'] },
      {
        at: ['Parrilla', '401'],
        answers: [
          ['Término de la carne', 'Término medio'],
          ['Acompañamiento', 'Papa criolla'],
        ],
      },
    ],
  },
  { table: '7', wishes: [{ at: ['Entradas', '104'] }, { at: ['Cocteles y cervezas', '706'] }] },
  { table: '2', wishes: [{ at: ['Acompañamientos', '504'] }, { at: ['Bebidas', '607'] }] },
  {
    table: '12',
    wishes: [
      { at: ['Entradas', '107'] },
      {
        at: ['Parrilla', '402'],
        answers: [
          ['Término de la carne', 'Tres cuartos'],
          ['Acompañamiento', 'Papa criolla'],
        ],
        note: 'sin sal',
        allergy: 'maní',
      },
      { at: ['Cocteles y cervezas', '705'] },
    ],
  },
];

/**
 * @param {import('../lib/till.js').Till} till
 * @param {Wish} wish
 */
async function order(till, wish) {
  await till.pick(...wish.at);
  if (!wish.answers) return;
  for (const [group, answer] of wish.answers) {
    await till.page.getByTestId(`group-${group}`).getByTestId(`modifier-${answer}`).click();
  }
  if (wish.note) await till.page.getByTestId('sheet-note').fill(wish.note);
  if (wish.allergy) await till.page.getByTestId('sheet-allergy').fill(wish.allergy);
  await till.page.getByTestId('sheet-done').click();
}

const stage = await Stage.open();
try {
  const folder = await documentationPictures();
  const save = async (/** @type {string} */ name, /** @type {Buffer} */ picture) => {
    await writeFile(path.join(folder, `${name}.png`), picture);
    console.log(path.join(folder, `${name}.png`));
  };
  const till = await stage.till('Ana', { viewport: VIEW, colorScheme: 'light' });
  for (const { table, wishes } of TABLES) {
    await till.openTable(table);
    for (const wish of wishes) await order(till, wish);
    await till.sendOrder();
  }
  const number = await till.ticketOf('Cocina');
  await till.tick('Punta de anca', 'sending', 'sent', 'printed');
  await save('order', await till.page.screenshot());

  const slip = await stage.core.paper('Cocina', `#${number}`, 'Punta de anca');
  await save('ticket', await stage.core.slipPicture('Cocina', slip.number));
  const cook = await stage.kitchen('Cocina', { viewport: VIEW });
  await cook.ticket(number).waitFor();
  await cook.page.getByTestId('kitchen').click({ position: { x: 700, y: 740 } });
  await until('the sound is on', async () => (await cook.page.getByTestId('touch-for-sound').count()) === 0);
  await save('kitchen', await cook.page.screenshot());

  await till.page.getByTestId('nav-tables').click();
  await till.floor.waitFor();
  await save('floor', await till.page.screenshot());
} finally {
  await stage.close();
}
