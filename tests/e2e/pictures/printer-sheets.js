/**
 * Printers and stations as a house sets them up: found, asked, tried out, and looked over.
 */
import { PrintersPage } from '../lib/printers-page.js';
import { FOUND, NO_CABLES, SILENT } from './answers.js';

/** @typedef {import('./artist.js').Artist} Artist */

/** @param {Artist} artist */
export async function overThePrinters(artist) {
  const till = await artist.till('Camila');
  const { page } = till;
  const printers = await PrintersPage.open(till);
  await printers.root.getByTestId('add-device').click();
  await printers.fill({ 'device-name': 'Parrilla' });
  await printers.refused('address-host');
  await artist.draw('device', page);
  await page.keyboard.press('Escape');
  await printers.openChain('Cocina');
  await printers.places.getByTestId('add-Bar').click();
  await artist.draw('chain', page);
  await page.keyboard.press('Escape');
  await printers.root.getByTestId('look-over').click();
  await page.getByTestId('finding-no_backup').first().waitFor();
  await artist.draw('findings', page);
  await page.keyboard.press('Escape');
  await printers.root.getByTestId('trace-product').click();
  await page.getByTestId('trace-search').fill('papa');
  await page.getByTestId('trace-found').locator('button').first().click();
  await page.getByTestId('trace-answer').waitFor();
  await artist.draw('trace', page);
  await page.context().close();
}

/** Stations: a new one whose name is taken, their order, and one that is closed. @param {Artist} artist */
export async function overTheStations(artist) {
  const till = await artist.till('Camila');
  const { page } = till;
  const printers = await PrintersPage.open(till);
  await printers.root.getByTestId('add-station').click();
  await printers.fill({ 'station-name': 'BAR' });
  await page.getByTestId('save-station').click();
  await page.getByTestId('station-name-problem').waitFor();
  await artist.draw('station', page);
  await page.keyboard.press('Escape');
  await printers.root.getByTestId('order-stations').click();
  await page.getByTestId('station-places').waitFor();
  await artist.draw('station-order', page);
  await page.keyboard.press('Escape');
  await printers.chain('Postres').getByTestId('close-station').click();
  await page.getByTestId('close-station-sheet').waitFor();
  await artist.draw('station-close', page);
  await page.context().close();
}

/** A printer on its way into use. The page of the bar's printer comes out. @param {Artist} artist */
export async function onItsWayIntoUse(artist) {
  const till = await artist.till('Camila');
  const { page } = till;
  const printers = await PrintersPage.open(till);
  await page.route('**/api/v1/find_printers', (route) =>
    route.fulfill({ json: route.request().postDataJSON().network ? FOUND : NO_CABLES }),
  );
  await page.route('**/api/v1/probe_printer', (route) => route.fulfill({ json: SILENT }));
  await printers.root.getByTestId('add-printer').click();
  await printers.tryout.getByTestId('cables-none').waitFor();
  await printers.tryout.getByTestId('search-network').click();
  await printers.found('tcp://192.168.1.61:9100').waitFor();
  await artist.draw('wizard-found', page);
  await printers.found('tcp://192.168.1.60:9100').click();
  await printers.tryout.getByTestId('ask-problem').waitFor();
  await artist.draw('wizard-asked', page);
  await page.keyboard.press('Escape');
  await printers.device('Bar').getByTestId('try-device').click();
  await printers.tryout.locator('[data-testid="page-state"].calm').waitFor();
  await printers.tryout.getByTestId('page-rows').waitFor();
  await artist.draw('wizard-page', page);
  await printers.tryout.getByTestId('skip-rows').click();
  await printers.step('stations').waitFor();
  await artist.draw('wizard-stations', page);
  await page.context().close();
}
