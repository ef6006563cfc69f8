/**
 * What is seen before anybody works: a house that is founded, a start that failed, a core that does not answer, a PIN that
 * is not the right one.
 */
import { signIn } from '../lib/till.js';
import { DAMAGED_START, FIRST_START, FOUNDING } from './answers.js';

/** @typedef {import('./artist.js').Artist} Artist */

/**
 * The window of a start, which is told in the window's shell why it opened.
 * @param {Artist} artist
 * @param {object} trouble
 */
async function startWindow(artist, trouble) {
  const page = await (await artist.browser()).newPage();
  const told = { not_restored: null, not_founded: null, ...trouble, language: artist.look.language };
  await page.addInitScript((answers) => {
    const invoke = (/** @type {string} */ name) => Promise.resolve(answers[name] ?? null);
    Object.assign(window, { __TAURI_INTERNALS__: { invoke } });
  }, /** @type {Record<string, object>} */ ({ get_start_trouble: told, get_founding_choices: FOUNDING }));
  await page.goto(artist.house.core.page('/start'));
  return page;
}

/** @param {Artist} artist */
export async function aHouseIsFounded(artist) {
  const page = await startWindow(artist, FIRST_START);
  await page.getByTestId('country').selectOption('CO');
  await artist.draw('first-run-place', page);
  await page.getByTestId('next').click();
  await page.getByTestId('house-name').fill('La Candelaria');
  await artist.draw('first-run-house', page);
  await page.getByTestId('next').click();
  await page.getByTestId('found').click();
  await page.getByTestId('admin-name-problem').waitFor();
  await artist.draw('first-run-you', page);
  await page.context().close();
}

/** @param {Artist} artist */
export async function nobodyGetsIn(artist) {
  const start = await startWindow(artist, DAMAGED_START);
  await start.getByTestId('restore').waitFor();
  await artist.draw('start-damaged', start);
  await start.context().close();
  const page = await (await artist.browser()).newPage();
  await page.goto(artist.house.core.url);
  await signIn(page, 'Luis', '0000');
  await page.getByTestId('sign-in-problem').waitFor();
  await artist.draw('wrong-pin', page);
  const cook = await (await artist.browser()).newPage();
  await cook.goto(artist.house.core.url);
  await signIn(cook, 'Cocina');
  await cook.getByTestId('nav-kitchen').waitFor();
  await artist.draw('kitchen-only', cook);
  await cook.context().close();
  await page.route('**/api/v1/*', (route) => route.abort());
  await page.reload();
  await page.getByTestId('unreachable').waitFor();
  await artist.draw('unreachable', page);
  await page.context().close();
}
