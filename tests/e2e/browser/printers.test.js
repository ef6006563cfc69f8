/**
 * A house that sets its printers up by itself: a device is added where it is found, put in a station's chain, stood in
 * for, and taken away, and every sentence about it is read where the eye is.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { journey } from '../lib/journey.js';
import { PrinterSim } from '../lib/printer-sim.js';
import { PrintersPage } from '../lib/printers-page.js';
import { Stage } from '../lib/stage.js';

const GRILL = 'Parrilla';
const FIRST = 'Papa criolla';
const SECOND = 'Yuca frita';

describe('printers and stations', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {PrinterSim} */
  let grill;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  /** @type {PrintersPage} */
  let printers;

  before(async () => {
    [stage, grill] = await Promise.all([Stage.open(), PrinterSim.start()]);
    ana = await stage.till('Ana');
    printers = await PrintersPage.open(await stage.till('Jorge'));
  });
  after(async () => {
    await stage?.close();
    await grill?.stop();
  });

  step('are only for whoever may change them', async () => {
    assert.equal(await ana.page.getByTestId('nav-printers').count(), 0);
    await ana.page.evaluate(() => window.history.pushState({}, '', '/printers'));
    await ana.page.reload();
    await ana.page.getByText('Su rol no permite cambiar impresoras y estaciones').waitFor();
    await ana.page.getByTestId('nav-tables').click();
  });

  step('are shown with how they are, where they are, and how far they can be believed', async () => {
    const bar = printers.device('Bar');
    await bar.getByText('Libre').waitFor();
    const text = await bar.innerText();
    assert.match(text, /En la red: 127\.0\.0\.1, puerto \d+/);
    assert.match(text, /Confirma cuando termina de imprimir/);
    assert.match(text, /Nada en espera/);
    assert.match(text, /Recibe: Bar/);
    assert.doesNotMatch(text, /tcp:/, 'no address that only a program reads');
    await printers.chain('Cocina').getByTestId('no-backup').waitFor();
  });

  step('are refused beside the field that is wrong', async () => {
    await printers.add('network');
    await printers.fill({ 'device-name': '', 'address-host': '192.168.1.50' });
    assert.match(await printers.refused('device-name'), /entre 1 y 40/);
    await printers.fill({ 'device-name': 'Bar' });
    assert.match(await printers.refused('device-name'), /Ya hay un destino llamado Bar/);
    await printers.fill({ 'device-name': GRILL, 'address-host': '' });
    assert.match(await printers.refused('address-host'), /No se sabe en qué lugar de la red/);
    await printers.fill({ 'address-host': '127.0.0.1', 'address-port': '70000' });
    assert.match(await printers.refused('address-host'), /«70000» no es un puerto/);
    await printers.sheet.getByTestId('device-kind-folder').click();
    await printers.fill({ 'address-folder': 'comandas' });
    assert.match(await printers.refused('address-folder'), /«comandas» no es una carpeta completa/);
    await printers.sheet.getByTestId('device-kind-network').click();
    assert.equal(await printers.page.getByTestId('address-port').inputValue(), '70000', 'nothing is lost');
  });

  step('are added where they are found', async () => {
    await printers.fill({ 'address-port': String(grill.port) });
    await printers.save();
    const card = printers.device(GRILL);
    await card.getByText(`En la red: 127.0.0.1, puerto ${grill.port}`).waitFor();
    await card.getByText('Ninguna estación la usa').waitFor();
  });

  step('are put in order with the keyboard alone', async () => {
    await printers.openChain('Cocina');
    await printers.places.getByTestId('sheet-no-backup').waitFor();
    await printers.places.getByTestId(`add-${GRILL}`).press('Enter');
    const row = printers.places.getByTestId(`chain-places-${GRILL}`);
    await row.getByRole('button', { name: `Subir ${GRILL}` }).focus();
    await printers.page.keyboard.press('ArrowUp');
    const focused = row.locator('button:focus');
    await focused.waitFor();
    assert.match(await row.innerText(), /^1/);
    await printers.saveChain();
    await printers
      .chain('Cocina')
      .filter({ hasText: /Primero\s*Parrilla\s*Respaldo 1\s*Cocina/ })
      .waitFor();
    assert.equal(await printers.chain('Cocina').getByTestId('no-backup').count(), 0);
  });

  step('print what is ordered, the first before its backup', async () => {
    await ana.openTable('5');
    await ana.pick('Acompañamientos', '502');
    await ana.sendOrder();
    await grill.paper('Mesa 5', FIRST);
    await ana.tick(FIRST, 'printed');
    assert.deepEqual(await stage.core.slips('Cocina', FIRST), []);
  });

  step('are stood in for by the next in the chain', async () => {
    await grill.switchOff();
    await ana.pick('Acompañamientos', '503');
    await ana.sendOrder();
    await stage.core.paper('Cocina', 'RESPALDO DE COCINA', SECOND);
    await printers.device(GRILL).locator('.problem').waitFor();
    await grill.switchOn();
    await printers.device(GRILL).getByText('Libre').waitFor();
  });

  step('are not taken away while a station needs them, and are afterwards', async () => {
    await printers.device(GRILL).getByTestId('remove-device').click();
    const sheet = printers.page.getByTestId('remove-sheet');
    await sheet.getByTestId('confirm-remove').click();
    assert.match(
      await sheet.getByTestId('remove-problem').innerText(),
      /todavía recibe las comandas de Cocina/,
    );
    await printers.page.keyboard.press('Escape');
    await printers.openChain('Cocina');
    const row = printers.places.getByTestId(`chain-places-${GRILL}`);
    await row.getByRole('button', { name: `Quitar ${GRILL} de la lista` }).click();
    await printers.saveChain();
    await printers.device(GRILL).getByTestId('remove-device').click();
    await sheet.getByTestId('confirm-remove').click();
    await printers.device(GRILL).waitFor({ state: 'detached' });
  });

  step('speak English to whoever reads it', async () => {
    const { page } = printers;
    await page.getByTestId('user-menu').click();
    await page.getByTestId('language-en').click();
    await page.getByTestId('close-sheet').click();
    const text = await printers.root.innerText();
    for (const words of [
      'Printers and stations',
      'On the network: 127.0.0.1',
      'Confirms when it has printed',
      'No backup: if it fails, tickets wait.',
      'this terminal',
    ]) {
      assert.ok(text.includes(words), `${words}: ${text}`);
    }
    await printers.add('network');
    await printers.fill({ 'device-name': 'Bar', 'address-host': 'bar.local' });
    assert.match(await printers.refused('device-name'), /There is a target called Bar already/);
    await page.keyboard.press('Escape');
    await page.getByTestId('user-menu').click();
    await page.getByTestId('language-es').click();
    await page.getByTestId('close-sheet').click();
  });

  step('mail by a server whose password is never shown', async () => {
    await printers.root.getByTestId('edit-mail').click();
    const sheet = printers.page.getByTestId('mail-sheet');
    await printers.fill({ 'mail-host': 'smtp.ejemplo.co', 'mail-from': 'fonda', 'mail-user': 'fonda' });
    await sheet.getByTestId('save-mail').click();
    assert.match(await sheet.getByTestId('mail-from-problem').innerText(), /no puede ser la dirección/);
    await printers.fill({ 'mail-from': 'pedidos@fonda.co', 'mail-password': 'llave de prueba' });
    await sheet.getByTestId('save-mail').click();
    await sheet.waitFor({ state: 'detached' });
    const row = printers.root.getByTestId('mail-server');
    await row.getByText('smtp.ejemplo.co · sale de pedidos@fonda.co').waitFor();
    assert.doesNotMatch(await row.innerText(), /no sabe la clave/);
    await printers.root.getByTestId('edit-mail').click();
    await sheet.getByText('Hay una guardada.').waitFor();
    assert.equal(await printers.page.getByTestId('mail-password').inputValue(), '');
    await sheet.getByTestId('remove-mail').click();
    await row.getByText('No hay servidor').waitFor();
  });
});
