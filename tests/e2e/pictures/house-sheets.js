/**
 * Tables of the floor plan and people, as the house changes them.
 */
import { FloorPage } from '../lib/floor-page.js';
import { PeoplePage } from '../lib/people-page.js';

/** @typedef {import('./artist.js').Artist} Artist */

/** @param {Artist} artist */
export async function overTheHouse(artist) {
  const till = await artist.till('Camila');
  const { page } = till;
  const floor = await FloorPage.open(till);
  await floor.edit('8');
  await artist.draw('plan-table', page);
  await floor.escape();
  await floor.root.getByTestId('add-several').click();
  await floor.fill({ 'several-from': '1', 'several-to': '3' });
  await floor.refused('several', 'several-to');
  await artist.draw('plan-several', page);
  await floor.escape();
  const people = await PeoplePage.open(till);
  await people.edit('Ana');
  await people.pin('7777', '7778');
  await people.refused('pin-again');
  await artist.draw('person', page);
  await page.context().close();
}
