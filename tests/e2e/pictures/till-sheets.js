/**
 * The till's drawer while it is counted, and once it was.
 */
import { TillPage } from '../lib/till-page.js';
import { GuestPage } from '../lib/guest-page.js';
import { busyCounter, countedTill, inDoubt } from './answers.js';

/** @typedef {import('./artist.js').Artist} Artist */

const DRAWER = 'get_cash_session';
const FLOOR = 'get_floor';

/** @param {Artist} artist */
export async function overTheDrawer(artist) {
  const till = await TillPage.open(await artist.till('Luisa'));
  const { page } = till;
  await till.isOpen(true);
  await till.root.getByTestId('put-in').click();
  await till.amount('50000');
  await till.move.getByTestId('move-reason').first().click();
  await artist.draw('cash-in', page);
  await page.keyboard.press('Escape');
  await till.root.getByTestId('close-till').click();
  const [large, small] = artist.look.language === 'es' ? ['50.000', '20.000'] : ['50,000', '20,000'];
  await till.count('closing', { [String(large)]: '2', [String(small)]: '1' });
  await artist.draw('closing', page);
  await page.keyboard.press('Escape');
  await artist.told(page, DRAWER, countedTill);
  await page.reload();
  await till.isOpen(false);
  await till.verdict.waitFor();
  await page.getByTestId('pulse-Bar').waitFor();
  await artist.draw('till-counted', page);
  await page.unroute(`**/api/v1/${DRAWER}`);
  await artist.told(page, DRAWER, (answer) => {
    answer.session = null;
  });
  await page.reload();
  await page.getByTestId('pulse-Bar').waitFor();
  await till.isOpen(false);
  await artist.draw('till-closed', page);
  await till.root.getByTestId('open-till').click();
  await till.press('float');
  await till.problem('float');
  await artist.draw('float', page);
  await page.context().close();
}

/** Bills that may have come out or not, and what that is asked of a person. @param {Artist} artist */
export async function papersInDoubt(artist) {
  const { page } = await artist.till('Luisa');
  let billed = '';
  await artist.told(page, FLOOR, (floor) => {
    const tables = floor.rooms.flatMap((/** @type {{ tables: any[] }} */ room) => room.tables);
    billed = tables.find((/** @type {{ name: string }} */ table) => table.name === '7').orders[0].id;
  });
  await page.reload();
  await page.getByTestId('table-7').waitFor();
  await artist.told(page, 'get_uncertain_papers', (answer) => inDoubt(answer, billed));
  await page.reload();
  await page.getByTestId('answer-papers').waitFor();
  await artist.draw('papers-in-doubt', page);
  await page.getByTestId('answer-papers').click();
  await page.getByTestId('uncertain-paper').nth(1).waitFor();
  await artist.draw('paper-in-doubt', page);
  await page.context().close();
}

/** Numbers that are called at the guests' window. @param {Artist} artist */
export async function atTheCounter(artist) {
  const till = await artist.till('Luisa');
  await artist.told(till.page, FLOOR, busyCounter);
  await till.page.reload();
  await till.page.getByTestId('table-7').waitFor();
  const guests = await GuestPage.open(till);
  await guests.page.getByTestId('guest-ready').waitFor();
  await artist.draw('guests-called', guests.page);
  await till.page.context().close();
}
