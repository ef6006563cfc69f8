/**
 * The till's drawer while it is counted, and once it was.
 */
import { TillPage } from '../lib/till-page.js';
import { countedTill } from './answers.js';

/** @typedef {import('./artist.js').Artist} Artist */

const DRAWER = 'get_cash_session';

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
