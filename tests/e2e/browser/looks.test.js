/**
 * The screens for everyone: both languages, light and dark, the sizes that tills have, a finger's width for
 * every target, and nothing that an accessibility checker finds.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inspect, inspectLargeText } from '../lib/inspect.js';
import { Kitchen } from '../lib/kitchen.js';
import { PrintersPage } from '../lib/printers-page.js';
import { QueuePanel } from '../lib/queue-panel.js';
import { Stage } from '../lib/stage.js';
import { Till } from '../lib/till.js';
import { until } from '../lib/until.js';

const BACKUP_FAILED =
  'Falló una copia de seguridad: En el disco de /datos/backups quedan 3 MB y hacen falta 42 MB. Libere espacio.';

const FAILED = { kind: 'backup_failed', problem: { es: BACKUP_FAILED, en: BACKUP_FAILED } };

/** One alert that is open and one that is over. */
const ALERTS = {
  shown: true,
  open: [
    {
      id: '01900000-0000-7000-8000-000000000001',
      kind: 'backup_failed',
      severity: 'warning',
      raised_at: 1_790_000_000_000,
      resolved_at: null,
      text: { es: BACKUP_FAILED, en: BACKUP_FAILED },
    },
  ],
  past: [
    {
      id: '01900000-0000-7000-8000-000000000002',
      kind: 'printer_trouble',
      severity: 'critical',
      raised_at: 1_789_990_000_000,
      resolved_at: 1_789_990_600_000,
      text: { es: 'Sin papel en Cocina: cambie el rollo.', en: 'Out of paper at Cocina: change the roll.' },
    },
  ],
};

/** A search that found one printer that is new, one that does not say what it is, and one that is there already. */
const FOUND = {
  range: '192.168.1.0/24',
  complete: false,
  problems: [
    {
      es: 'No se pueden ver los aparatos USB de este equipo: dé permiso al programa, o escriba la dirección.',
      en: 'The USB devices of this computer cannot be seen: give the program leave, or write the address.',
    },
  ],
  printers: [
    ['tcp://192.168.1.50:9100', 'Epson TM-T20III', 'TM-T20III', null],
    ['tcp://192.168.1.51:9100', '192.168.1.51', null, { es: 'Sin papel: cambie el rollo.', en: 'No paper.' }],
  ].map(([address, name, model_id, problem]) => ({
    at: 'network',
    address,
    name,
    answered: true,
    model_id,
    model: null,
    profile: null,
    problem,
    device_id: null,
  })),
};

/**
 * Has the core's heartbeats say something else: what seldom happens to a demonstration.
 * @param {import('playwright-core').Page} page
 */
async function rewriteHeartbeats(page) {
  /** @type {{ event: object | null, store: 'ok' | 'away' }} `event` is told once, in the place of a heartbeat. */
  const told = { event: null, store: 'ok' };
  await page.routeWebSocket(/\/api\/v1\/events/, (window) => {
    const core = window.connectToServer();
    core.onMessage((message) => {
      const envelope = JSON.parse(String(message));
      if (envelope.event.kind === 'heartbeat') {
        envelope.event.store = told.store;
        envelope.event = told.event ?? envelope.event;
        told.event = null;
      }
      window.send(JSON.stringify(envelope));
    });
  });
  return told;
}

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
  const till = await stage.till('Ana');
  await till.openTable('12');
  for (const code of ['502', '503', '504']) await till.pick('Acompañamientos', code);
  await till.sendOrder();
  await till.tick('Yuca frita', 'printed');
  await till.page.context().close();
});
after(() => stage?.close());

for (const theme of /** @type {const} */ (['light', 'dark'])) {
  describe(`the screens in the ${theme} theme`, () => {
    /** @type {import('playwright-core').BrowserContext} */
    let context;
    before(async () => {
      context = await stage.context({ colorScheme: theme, reducedMotion: 'reduce' });
      await context.addInitScript((chosen) => {
        localStorage.setItem('fastops.theme.main', chosen);
        localStorage.setItem('fastops.theme.kitchen', chosen);
      }, theme);
    });
    after(() => context.close());

    it('keeps nobody out at the door', async () => {
      const page = await context.newPage();
      await page.goto(stage.core.url);
      await page.getByTestId('terminal-Caja 1').click();
      await page.getByTestId('user-Ana').waitFor();
      assert.equal(await page.locator('html').getAttribute('data-theme'), theme);
      await inspect(page, 'sign-in');
      await page.getByTestId('user-Ana').click();
      await page.getByTestId('pin-pad').waitFor();
      await inspect(page, 'the PIN pad');
      await page.close();
    });

    it('keeps nobody out at the till', async () => {
      const till = await Till.open(context, stage.core, 'Luisa');
      await inspect(till.page, 'the floor');
      await till.openTable('12');
      await till.sent('Yuca frita').waitFor();
      await inspect(till.page, 'an order that was sent');
      await till.openTable('4');
      await till.pick('Acompañamientos', '501');
      await inspect(till.page, 'the menu with a cart');
      await till.page.getByTestId('search').fill('arroz');
      await till.page.getByTestId('search-head').waitFor();
      await inspect(till.page, 'what a search found');
      await till.page.getByTestId('search').fill('xyzqq');
      await till.page.getByTestId('search-head').waitFor({ state: 'detached' });
      await inspect(till.page, 'a search that found nothing');
      await till.page.getByTestId('clear-search').click();
      await till.pick('Parrilla', '401');
      await till.page.getByTestId('product-sheet').waitFor();
      await inspect(till.page, 'the sheet of a product');
      await till.page.keyboard.press('Escape');
      await till.page.route('**/api/v1/quote_lines', (route) => route.abort());
      await till.pick('Acompañamientos', '502');
      await till.page.getByTestId('quote-failed').waitFor();
      await inspect(till.page, 'a total that nobody knows');
      const refusal = { code: 'out_of_stock', message: 'No hay más papas a la francesa: quítelas.' };
      await till.page.route('**/api/v1/create_order', (route) =>
        route.fulfill({ status: 409, json: refusal }),
      );
      await till.send.click();
      await till.page.getByTestId('send-refused').getByText(refusal.message).waitFor();
      await inspect(till.page, 'an order that was refused');
      await till.page.getByTestId('paper-toggle').click();
      await till.page.getByTestId('paper-drawer').waitFor();
      await inspect(till.page, 'the paper of the demonstration');
      await till.page.close();
    });

    it('keeps nobody out of the print queue', async () => {
      const till = await stage.till('Camila', { colorScheme: theme, reducedMotion: 'reduce' });
      const panel = await QueuePanel.open(till);
      await inspect(till.page, 'the print queue of whoever steers it');
      await panel.sheet.getByTestId('turbo-switch').click();
      await panel.workers(10);
      await panel.use('Postres').click();
      await panel.breaker('Postres', 'open');
      await inspect(till.page, 'the print queue in turbo, a printer out of use');
      await panel.use('Postres').click();
      await panel.breaker('Postres', 'closed');
      await panel.sheet.getByTestId('turbo-switch').click();
      await till.page.getByTestId('turbo').waitFor({ state: 'detached' });
      await till.page.context().close();
    });

    it('keeps nobody out of printers and stations', async () => {
      const till = await stage.till('Camila', { colorScheme: theme, reducedMotion: 'reduce' });
      const printers = await PrintersPage.open(till);
      await printers.device('Bar').getByText('Libre').waitFor();
      await inspect(till.page, 'printers and stations');
      await inspectLargeText(till.page, 'printers and stations');
      await printers.root.getByTestId('add-device').click();
      await printers.fill({ 'device-name': 'Parrilla' });
      await printers.refused('address-host');
      for (const kind of ['network', 'usb', 'serial', 'screen', 'mail']) {
        await printers.sheet.getByTestId(`device-kind-${kind}`).click();
        await inspect(till.page, `a new device: ${kind}`);
      }
      await printers.sheet.getByTestId('device-kind-network').click();
      await printers.sheet.locator('summary').click();
      await inspect(till.page, 'what must be known of a printer');
      await till.page.keyboard.press('Escape');
      await printers.openChain('Cocina');
      await printers.places.getByTestId('add-Bar').click();
      await inspect(till.page, 'the targets of a station');
      await inspectLargeText(till.page, 'the targets of a station');
      await till.page.keyboard.press('Escape');
      const sheets = [
        [printers.root.getByTestId('add-station'), 'a new station'],
        [printers.chain('Bar').getByTestId('close-station'), 'closing a station'],
        [printers.device('Bar').getByTestId('edit-owners'), 'which computer drives a printer'],
        [printers.device('Bar').getByTestId('remove-device'), 'taking a device away'],
        [printers.terminal('Caja 1').getByTestId('edit-beside'), 'the printer beside a terminal'],
        [printers.root.getByTestId('edit-mail'), 'the mail server'],
        [till.page.getByTestId('nav-drawer'), 'opening a drawer'],
      ];
      for (const [button, where] of /** @type {[import('playwright-core').Locator, string][]} */ (sheets)) {
        await button.click();
        await till.page.locator('dialog[open]').waitFor();
        await inspect(till.page, where);
        await till.page.keyboard.press('Escape');
      }
      await till.page.context().close();
    });

    it('keeps nobody out of setting a printer up', async () => {
      const till = await stage.till('Camila', { colorScheme: theme, reducedMotion: 'reduce' });
      const { page } = till;
      const printers = await PrintersPage.open(till);
      /** @type {((answer: object) => Promise<void>) | null} */
      let answer = null;
      await page.route('**/api/v1/find_printers', async (route) => {
        if (!JSON.parse(route.request().postData() ?? '{}').network) {
          return route.fulfill({ json: { printers: [], range: null, complete: true, problems: [] } });
        }
        answer = (json) => route.fulfill({ json });
      });
      await printers.root.getByTestId('add-printer').click();
      await printers.tryout.getByTestId('cables-none').waitFor();
      await inspect(page, 'looking for a printer');
      await inspectLargeText(page, 'looking for a printer');
      /** @param {object} json */
      const searched = async (json) => {
        await printers.tryout.getByTestId('search-network').click();
        const looking = printers.tryout.getByTestId('network-looking');
        await looking.waitFor();
        const give = await until('the core is asked', () => answer);
        if (json === FOUND) await inspect(page, 'a search under way');
        answer = null;
        await give(json);
        await looking.waitFor({ state: 'detached' });
      };
      await searched({ ...FOUND, printers: [], complete: true, problems: [] });
      await printers.tryout.getByTestId('network-none').waitFor();
      await printers.tryout.locator('summary').click();
      await inspect(page, 'a search that found nobody');
      await searched(FOUND);
      await printers.found('tcp://192.168.1.51:9100').waitFor();
      await inspect(page, 'printers that were found');
      const problem = { es: 'No responde: revise su cable.', en: 'It does not answer: check its cable.' };
      const probed = { answered: false, model_id: null, model: null, proof: null, device_id: null, problem };
      const profile = {
        columns: 48,
        code_page: 'cp858',
        code_table: 19,
        proof: 'none',
        abilities: null,
        drawer: null,
      };
      await page.route('**/api/v1/probe_printer', (route) => route.fulfill({ json: { ...probed, profile } }));
      await printers.found('tcp://192.168.1.50:9100').click();
      await printers.tryout.getByTestId('ask-problem').waitFor();
      await inspect(page, 'a printer that does not answer');
      await page.keyboard.press('Escape');
      await printers.device('Bar').getByTestId('try-device').click();
      await printers.pageIs('La página salió.');
      await inspect(page, 'a test page and its rows');
      await inspectLargeText(page, 'a test page and its rows');
      await printers.tryout.getByTestId('no-row').click();
      await printers.tryout.getByTestId('models').waitFor();
      await inspect(page, 'a page of which no row reads right');
      await printers.tryout.getByTestId('skip-rows').click();
      await printers.step('stations').waitFor();
      await inspect(page, 'the stations of a printer');
      await inspectLargeText(page, 'the stations of a printer');
      await page.context().close();
    });

    it('keeps nobody out of trying all of printing out', async () => {
      const till = await stage.till('Camila', { colorScheme: theme, reducedMotion: 'reduce' });
      const { page } = till;
      const printers = await PrintersPage.open(till);
      await stage.core.setCondition('Bar', 'paper_out');
      await printers.root.getByTestId('check-printers').click();
      const check = page.getByTestId('check-sheet');
      await check.getByTestId('checked-Bar').locator('.problem').waitFor();
      await check.getByTestId('checked-Cocina').filter({ hasText: 'Imprimió' }).waitFor();
      await inspect(page, 'the opening check');
      await stage.core.setCondition('Bar', 'ready');
      await check.getByText('Todas las impresoras imprimieron.').waitFor();
      await inspect(page, 'an opening check that went well');
      await page.keyboard.press('Escape');
      await printers.root.getByTestId('trace-product').click();
      await page.getByTestId('trace-search').fill('a');
      await page.getByTestId('trace-found').waitFor();
      await inspect(page, 'the products of a dry run');
      await page.getByTestId('trace-found').locator('button').first().click();
      await page.getByTestId('trace-answer').waitFor();
      await inspect(page, 'where a product comes out');
      await page.keyboard.press('Escape');
      await printers.root.getByTestId('look-over').click();
      await page.getByTestId('finding-no_backup').first().waitFor();
      await inspect(page, 'what is to be mended');
      await inspectLargeText(page, 'what is to be mended');
      await page.context().close();
    });

    it('keeps nobody out of the alerts, which alone tell of a failed backup where they are shown', async () => {
      const page = await context.newPage();
      const told = await rewriteHeartbeats(page);
      await page.route('**/api/v1/get_alerts', (route) => route.fulfill({ json: ALERTS }));
      await page.goto(stage.core.url);
      await page.locator('[data-testid="alert-bell"][data-count="1"]').waitFor();
      told.event = FAILED;
      await page.getByTestId('alert-bell').click();
      await page.getByTestId('alert-backup_failed').first().waitFor();
      await until('the page has heard of the backup', () => told.event === null);
      await inspect(page, 'the alerts');
      assert.equal(await page.getByTestId('backup-failed').count(), 0);
      await page.close();
    });

    it('keeps nobody out when data is damaged or the database is away', async () => {
      const page = await context.newPage();
      const told = await rewriteHeartbeats(page);
      await page.goto(stage.core.url);
      await page.getByTestId('floor').waitFor();
      told.event = { kind: 'data_damaged', problem: { es: 'El archivo está dañado.', en: 'Damaged.' } };
      await page.getByTestId('data-damaged').waitFor();
      told.store = 'away';
      await page.getByTestId('store-away').waitFor();
      await inspect(page, 'damaged data, and a database that is away');
      await page.close();
    });

    it('keeps nobody out in the kitchen', async () => {
      const cook = await Kitchen.open(context, stage.core, 'Cocina');
      await cook.page.locator('[data-ticket]').first().waitFor();
      await inspect(cook.page, 'the kitchen');
      await cook.page.getByTestId('kitchen-menu').click();
      await cook.page.getByTestId('menu-sheet').waitFor();
      await inspect(cook.page, 'the kitchen’s options');
      await cook.page.close();
    });

    it('keeps nobody out when a screen without alerts tells of a failed backup', async () => {
      const page = await context.newPage();
      const told = await rewriteHeartbeats(page);
      await page.goto(stage.core.page('/kitchen'));
      told.event = FAILED;
      await page.getByTestId('backup-failed').waitFor();
      await inspect(page, 'a backup that failed');
      await page.getByTestId('dismiss-backup-failed').click();
      assert.equal(await page.getByTestId('backup-failed').count(), 0);
      await page.close();
    });
  });
}

describe('English', () => {
  it('is one touch away on every window, and is remembered for the person', async () => {
    const till = await stage.till('Jorge');
    await till.page.getByTestId('user-menu').click();
    await till.page.getByTestId('language-en').click();
    await till.page.getByTestId('close-sheet').click();
    await till.openTable('8');
    await till.pick('Acompañamientos', '501');
    await until('the primary action speaks English', async () => /Send/.test(await till.send.innerText()));
    assert.equal(await till.page.locator('html').getAttribute('lang'), 'en');
    await till.page.reload();
    await till.page.getByTestId('user-menu').waitFor();
    assert.equal(await till.page.locator('html').getAttribute('lang'), 'en');
    await till.page.context().close();
  });

  it('is spoken by the core too', async () => {
    const cook = await stage.kitchen('Cocina');
    await cook.page.getByTestId('kitchen-menu').click();
    await cook.page.getByTestId('language-en').click();
    await cook.page.getByTestId('close-sheet').click();
    await stage.core.setCondition('Cocina', 'cover_open');
    const till = await stage.till('Luisa');
    await till.openTable('9');
    await till.pick('Acompañamientos', '501');
    await till.sendOrder();
    const trouble = cook.page.getByTestId('trouble-Cocina');
    await trouble.waitFor();
    assert.match(await trouble.innerText(), /cover/i);
    await stage.core.setCondition('Cocina', 'ready');
    await trouble.waitFor({ state: 'detached' });
    await cook.page.context().close();
  });
});
