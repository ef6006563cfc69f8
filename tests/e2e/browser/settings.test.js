/**
 * A house that decides for itself: what is said counts at once in every window and holds, what cannot be is refused
 * with a sentence, and there is always a way back.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { inspect, inspectLargeText } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { drawn } from '../lib/pictures.js';
import { SettingsPage } from '../lib/settings-page.js';
import { Stage } from '../lib/stage.js';
import { comeBackTo, signIn } from '../lib/till.js';

const SLIPS = 'printing.catch_up_tickets';
const FAILURE = 'printing.catch_up_seconds';
const BACKUP = 'backup.every_minutes';
const ALERTS = 'alerts.shown';
const HEAD = 'receipt.head';
const QR = 'receipt.qr';

/** A black ring, as large as it is drawn. */
const RING =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10">' +
  '<circle cx="5" cy="5" r="4" fill="none" stroke="black" stroke-width="1"/></svg>';

/**
 * Taps two things before a frame has passed.
 * @param {import('playwright-core').Page} page @param {string} first @param {string} second
 */
async function tapTwo(page, first, second) {
  for (const id of [first, second]) await page.getByTestId(id).waitFor();
  await page.evaluate(
    (ids) => {
      for (const id of ids) {
        const shown = document.querySelector(`[data-testid="${id}"]`);
        if (shown instanceof HTMLElement) shown.click();
      }
    },
    [first, second],
  );
}

/** Lets a few frames pass. @param {import('playwright-core').Page} page */
async function frames(page) {
  await page.evaluate(
    () =>
      new Promise((done) => {
        const next = (/** @type {number} */ left) =>
          left === 0 ? done(null) : requestAnimationFrame(() => next(left - 1));
        next(4);
      }),
  );
}

describe('the settings', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let jorge;
  /** @type {import('../lib/till.js').Till} */
  let camila;
  /** Somebody who reads Spanish and somebody who reads English. @type {SettingsPage} */
  let here;
  /** @type {SettingsPage} */
  let there;

  before(async () => {
    stage = await Stage.open();
    jorge = await stage.till('Jorge', { reducedMotion: 'reduce' });
    camila = await stage.till('Camila', { colorScheme: 'dark', reducedMotion: 'reduce' });
    await camila.page.getByTestId('user-menu').click();
    await camila.page.getByTestId('language-en').click();
    await camila.page.getByTestId('close-sheet').click();
    here = await SettingsPage.open(jorge);
    there = await SettingsPage.open(camila);
  });
  after(() => stage?.close());

  step('are only for whoever may change them', async () => {
    const ana = await stage.till('Ana');
    assert.equal(await ana.page.getByTestId('nav-settings').count(), 0);
    await ana.page.evaluate(() => window.history.pushState({}, '', '/settings'));
    await ana.page.reload();
    await ana.page.getByText('Su rol no permite cambiar los ajustes').waitFor();
    assert.equal(await ana.page.getByTestId('settings-page').count(), 0);
    await ana.page.context().close();
  });

  step('are all of the core’s, in words, in both languages', async () => {
    const session = await here.page.evaluate(() => localStorage.getItem('fastops.session.main') ?? '');
    const { settings } = await stage.core.call('get_settings', {}, session);
    assert.ok(settings.length > 8);
    await here.decideFor('branch');
    for (const page of [here, there]) {
      assert.equal(await page.root.getByTestId('group-other').count(), 0);
      const shown = page.root.locator('[data-testid^="setting-"]');
      assert.equal(await shown.count(), settings.length);
    }
    await here.root.getByText('Impresión', { exact: true }).waitFor();
    await there.root.getByText('Printing', { exact: true }).waitFor();
    await here.reads(SLIPS, '10 comandas');
    await there.reads(SLIPS, '10 tickets');
    await here.reads(FAILURE, '1 min');
    await here.from(SLIPS, 'default');
    await inspect(here.page, 'the settings');
    await inspectLargeText(here.page, 'the settings');
    await inspect(there.page, 'the settings in English');
  });

  step('are changed with a press, hold after a reload and are heard in another window', async () => {
    await here.root.getByTestId(`${SLIPS}-more`).click();
    await here.root.getByTestId(`${SLIPS}-more`).click();
    await here.reads(SLIPS, '12 comandas');
    await here.toast('12 comandas').waitFor();
    await here.from(SLIPS, 'branch');
    await there.reads(SLIPS, '12 tickets');
    await there.from(SLIPS, 'branch');
    await there.row(SLIPS).getByText('Decided for this branch').waitFor();
    await here.page.reload();
    await here.reads(SLIPS, '12 comandas');
    await here.from(SLIPS, 'branch');
  });

  step('are typed as people say them, and the last change is taken back', async () => {
    await there.type(FAILURE, '2 min 30');
    assert.match(await there.refused(FAILURE), /not understood.*1 min/);
    await inspect(there.page, 'a value that is not understood');
    await there.type(FAILURE, '2 min 30 s');
    await there.toast('2 min 30 s').waitFor();
    await here.reads(FAILURE, '2 min 30 s');
    await there.toast('2 min 30 s').getByTestId('toast-action').click();
    await here.reads(FAILURE, '1 min');
    await here.from(FAILURE, 'default');
    await there.type(FAILURE, '0');
    await here.reads(FAILURE, 'Sin espera');
    await there.reads(FAILURE, 'No wait');
  });

  step('of a guest’s paper are words, with what is filled in later', async () => {
    await here.field(HEAD).fill('Calle 12 #3-45\nNIT 900.123.456-7');
    await here.root.getByTestId(`${HEAD}-save`).click();
    await here.toast('Calle 12 #3-45 / NIT 900.123.456-7').waitFor();
    await here.from(HEAD, 'branch');
    await there.reads(HEAD, 'Calle 12 #3-45\nNIT 900.123.456-7');
    await there.field(QR).fill('https://fonda.example/r/');
    await there.root.getByTestId(`${QR}-blank-receipt`).click();
    await there.field(QR).press('Enter');
    await here.reads(QR, 'https://fonda.example/r/{receipt}');
    await inspect(here.page, 'words of the house');
    await inspectLargeText(here.page, 'words of the house');
    await here.field(QR).fill('https://fonda.example/{factura}');
    await here.field(QR).press('Enter');
    assert.match(await here.refused(QR), /\{receipt\}, \{order\}, \{total\} o \{date\}/);
    await here.field(QR).press('Escape');
    await here.reads(QR, 'https://fonda.example/r/{receipt}');
    // Whoever goes on to something else has said it too, and too much is shown before it is refused.
    await there.field(HEAD).fill(`${'ñ'.repeat(49)}`);
    await there.row(HEAD).getByText('49 of 48 letters').waitFor();
    await there.field(QR).focus();
    assert.match(await there.refused(HEAD), /room for 6 lines of 48 letters/);
    await there.field(HEAD).press('Escape');
    await there.root.getByTestId(`back-${HEAD}`).click();
    await here.reads(HEAD, '');
  });

  step('of a guest’s paper begin with a picture, which is seen before it is kept', async () => {
    await here.logoIs('none');
    await here.chooseLogo('image/svg+xml', Buffer.from(RING));
    await here.logoIs('tried');
    const [wide, narrow] = [await here.blackDots(80), await here.blackDots(58)];
    assert.ok(wide > 10_000 && narrow > 10_000, `${wide} and ${narrow} dots`);
    await inspect(here.page, 'a logo that is looked at');
    await inspectLargeText(here.page, 'a logo that is looked at');
    await there.logoIs('none');
    await here.logo.getByTestId('receipt-logo-save').click();
    await here.toast('salen con este logo').waitFor();
    await there.logoIs('kept');
    assert.equal(await there.blackDots(80), wide);
    await inspect(there.page, 'a logo that is kept');
    // White letters without their background, dots from a camera, and what is no picture.
    await there.chooseLogo('image/png', await drawn(there.page, 'image/png', '#ffffff'));
    assert.match(await there.logoRefused(), /all white/);
    await there.chooseLogo('image/jpeg', await drawn(there.page, 'image/jpeg', '#808080'));
    await there.logoIs('tried');
    const grey = await there.blackDots(80);
    assert.ok(grey > 4_000 && grey < 6_000, `${grey} of 10,000 dots for a middle grey`);
    await there.logo.getByTestId('receipt-logo-forget').click();
    await there.logoIs('kept');
    assert.equal(await there.blackDots(80), wide);
    await here.chooseLogo('image/png', Buffer.from('no picture'));
    assert.match(await here.logoRefused(), /PNG, JPEG o SVG/);
    await inspect(here.page, 'a logo that is refused');
    await here.logo.getByTestId('receipt-logo-remove').click();
    await here.logoIs('none');
    await there.logoIs('none');
  });

  step('are refused with a sentence beside them, and nothing has changed', async () => {
    await here.type(BACKUP, '5');
    assert.match(await here.refused(BACKUP), /entre 15 y 1440/);
    await there.type(SLIPS, '5000');
    assert.match(await there.refused(SLIPS), /between 0 and 1000/);
    await inspect(there.page, 'a setting that is refused');
    await inspectLargeText(there.page, 'a setting that is refused');
    await there.reads(BACKUP, '1 h');
    await there.field(SLIPS).press('Escape');
    await there.reads(SLIPS, '12 tickets');
    assert.equal(await there.root.getByTestId(`${SLIPS}-problem`).count(), 0);
    assert.equal(await there.root.count(), 1, 'and the page is still there');
    await here.field(BACKUP).press('Escape');
    await here.reads(BACKUP, '1 h');
  });

  step('go back to what the company says, and from there to how the program comes', async () => {
    await there.decideFor('company');
    await there.row(SLIPS).getByTestId('otherwise').getByText('12 tickets').waitFor();
    await there.type(SLIPS, '20');
    await there.from(SLIPS, 'company');
    await inspect(there.page, 'a setting of the company');
    await here.root.getByTestId(`back-${SLIPS}`).getByText('Usar lo de la empresa: 20 comandas').waitFor();
    await here.root.getByTestId(`back-${SLIPS}`).click();
    await here.reads(SLIPS, '20 comandas');
    await here.from(SLIPS, 'company');
    await there.root.getByTestId(`back-${SLIPS}`).click();
    await here.reads(SLIPS, '10 comandas');
    await here.from(SLIPS, 'default');
  });

  step('of this computer alone count at this computer', async () => {
    await here.decideFor('terminal');
    const sold = here.root.getByTestId(`switch-${ALERTS}`);
    assert.equal(await here.root.locator('[data-testid^="setting-"]').count(), 2);
    assert.equal(await sold.getAttribute('aria-checked'), 'true');
    await here.page.getByTestId('alert-bell').waitFor();
    await sold.press('Space');
    await here.from(ALERTS, 'terminal');
    await here.page.getByTestId('alert-bell').waitFor({ state: 'detached' });
    await inspect(here.page, 'a setting of this computer');
    await here.root.getByTestId(`back-${ALERTS}`).click();
    await here.page.getByTestId('alert-bell').waitFor();
  });

  step('say when they cannot be read, and come back by themselves', async () => {
    const { page } = here;
    await page.route('**/api/v1/get_settings', (route) => route.abort());
    await comeBackTo(page, 'settings');
    await page.getByTestId('settings-problem').waitFor();
    await inspect(page, 'settings that cannot be read');
    await page.unroute('**/api/v1/get_settings');
    await page.route('**/api/v1/get_settings', (route) => route.fulfill({ json: { settings: [] } }));
    await page.getByText('No hay nada que decidir').waitFor();
    await inspect(page, 'no settings');
    await page.unroute('**/api/v1/get_settings');
    await page.reload();
    await here.reads(SLIPS, '10 comandas');
  });

  step(
    'have the house reminded of its first steps above the tables, until somebody puts that away',
    async () => {
      const line = here.page.getByTestId('steps-line');
      await here.page.getByTestId('nav-tables').click();
      await line.getByText('Falta para empezar: primera comanda.').waitFor();
      await there.page.getByTestId('nav-tables').click();
      await there.page.getByTestId('steps-line').getByText('Still to do: first ticket.').waitFor();
      await inspect(here.page, 'the reminder of the first steps');
      await line.getByTestId('steps-look').click();
      await here.page.getByTestId('first-steps-done').waitFor();
      await here.page.getByTestId('nav-tables').click();
      await line.getByTestId('steps-forget').click();
      for (const { page } of [here, there]) {
        await page.getByTestId('steps-line').waitFor({ state: 'detached' });
      }
      [here, there] = [await SettingsPage.open(jorge), await SettingsPage.open(camila)];
    },
  );

  step('lead to the first steps, which tick themselves off', async () => {
    for (const { page, done } of [
      { page: here.page, done: '4 de 5 listos' },
      { page: there.page, done: '4 of 5 done' },
    ]) {
      await page.getByTestId('to-first-steps').click();
      await page.getByTestId('first-steps-done').getByText(done).waitFor();
      assert.equal(await page.getByTestId('step-ticket').getAttribute('data-done'), 'false');
      await inspect(page, 'the first steps');
      await inspectLargeText(page, 'the first steps');
    }
    for (const link of ['open-people', 'to-first-steps']) {
      if (link === 'to-first-steps') await SettingsPage.open(camila);
      await tapTwo(there.page, link, 'nav-menu');
      await there.page.getByTestId('menu-setup').waitFor();
      await frames(there.page);
      assert.equal(new URL(there.page.url()).pathname, '/menu', 'whoever taps on is not taken back');
    }
    await there.page.goto(stage.core.page('/first-steps'));
    await there.page.route('**/api/v1/get_first_steps', (route) => route.abort());
    await there.page.reload();
    await there.page.getByTestId('first-steps-problem').waitFor();
    await inspect(there.page, 'first steps that cannot be read');
    await there.page.unroute('**/api/v1/get_first_steps');
    await there.page.getByTestId('first-steps-done').getByText('4 of 5 done').waitFor();
    await here.page.getByTestId('open-ticket').click();
    await jorge.floor.waitFor();
    await jorge.openTable('5');
    await jorge.pick('Acompañamientos', '502');
    await jorge.send.click();
    await there.page.getByTestId('first-steps-done').getByText('Everything is ready to sell.').waitFor();
    await here.page.getByTestId('nav-settings').click();
    await here.reads(SLIPS, '10 comandas');
    await here.page.getByTestId('order-panel').getByText('Papa criolla').waitFor();
    await here.page.getByTestId('leave-order').click();
    await SettingsPage.open(jorge);
    assert.equal(await here.page.getByTestId('order-panel').count(), 0, 'no room is kept for no order');
  });

  step('are out of reach at once for whoever may not change them any more', async () => {
    await here.page.getByTestId('user-menu').click();
    await here.page.getByTestId('sign-out').click();
    await signIn(here.page, 'Luis');
    await here.page.getByText('Su rol no permite cambiar los ajustes').waitFor();
    assert.equal(await here.root.count(), 0);
  });
});
