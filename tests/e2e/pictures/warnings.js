/**
 * What the core warns of: its alerts, its data, its database.
 */
import { ALERTS, BACKUP_FAILED, DATA_DAMAGED } from './answers.js';

/** @typedef {import('./artist.js').Artist} Artist */

/**
 * Has the heartbeats of the core be other events, one after the other, and its database away from then on.
 * @param {Artist} artist
 * @param {import('playwright-core').Page} page
 * @param {object[]} events
 */
async function warn(artist, page, events) {
  await page.routeWebSocket(/\/api\/v1\/events/, (window) => {
    const core = window.connectToServer();
    const left = [...events];
    core.onMessage((message) => {
      const envelope = JSON.parse(artist.house.clock.retell(String(message)));
      if (envelope.event.kind === 'heartbeat') {
        envelope.event.store = 'away';
        envelope.event = left.shift() ?? envelope.event;
      }
      window.send(JSON.stringify(envelope));
    });
  });
}

/** @param {Artist} artist */
export async function warnings(artist) {
  const till = await artist.till('Camila');
  const { page } = till;
  await page.route('**/api/v1/get_alerts', (route) => route.fulfill({ json: ALERTS }));
  await warn(artist, page, [{ kind: 'data_damaged', problem: DATA_DAMAGED }]);
  await page.reload();
  await page.getByTestId('data-damaged').waitFor();
  await page.getByTestId('store-away').waitFor();
  await artist.draw('store-away', page);
  await page.getByTestId('alert-bell').click();
  await page.getByTestId('alert-backup_failed').first().waitFor();
  await artist.draw('alerts', page);
  await page.context().close();
}

/** @param {Artist} artist */
export async function warningsInTheKitchen(artist) {
  const page = await (await artist.browser()).newPage();
  await warn(artist, page, [{ kind: 'backup_failed', problem: BACKUP_FAILED }]);
  await page.goto(artist.house.core.page('/kitchen'));
  await page.getByTestId('backup-failed').waitFor();
  await page.getByTestId('store-away').waitFor();
  await artist.draw('kitchen-door', page);
  await page.context().close();
}
