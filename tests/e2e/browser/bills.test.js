/**
 * Papers about money: a bill comes out where the cashier stands and the screen says how far it is; when nobody knows
 * whether it came out a person is asked, and each answer does what it says. A drawer opens with a reason.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { accessibilityFindings, smallTargets } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { PrinterSim } from '../lib/printer-sim.js';
import { PrintersPage } from '../lib/printers-page.js';
import { Stage } from '../lib/stage.js';
import { missing } from '../lib/words.js';

const DESK = 'Mostrador';
const SIDE = 'Papa criolla';
/** Millimetres a second: slow enough to be switched off in the middle of a paper. */
const SLOW = '35';

describe('papers about money', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {PrinterSim} */
  let desk;
  /** @type {import('../lib/till.js').Till} */
  let luisa;
  /** @type {PrintersPage} */
  let printers;

  before(async () => {
    [stage, desk] = await Promise.all([Stage.open(), PrinterSim.start(SLOW)]);
    // Contrast and size are looked at while sheets come and go.
    luisa = await stage.till('Luisa', { reducedMotion: 'reduce' });
    printers = await PrintersPage.open(await stage.till('Jorge'));
    await luisa.openTable('7');
    await luisa.pick('Acompañamientos', '502');
  });
  after(async () => {
    await stage?.close();
    await desk?.stop();
  });

  /** Waits until the bill is like this. @param {...string} states Any of them will do. */
  async function bill(...states) {
    const wanted = states.map((state) => `[data-testid="bill-state"][data-state="${state}"]`).join(', ');
    await luisa.page.locator(wanted).waitFor();
  }

  const press = () => luisa.page.getByTestId('print-bill').click();

  step('have only what was sent, so that there is no bill before', async () => {
    assert.equal(await luisa.page.getByTestId('print-bill').count(), 0);
    await luisa.sendOrder();
    await luisa.page.getByTestId('print-bill').waitFor();
    await luisa.pick('Acompañamientos', '503');
    await luisa.page.getByTestId('print-bill').waitFor({ state: 'detached' });
    await luisa.sendOrder();
    await luisa.tick('Yuca frita', 'printed');
  });

  step('are asked where to come out at a terminal without a printer', async () => {
    await press();
    const sheet = luisa.page.getByTestId('where-sheet');
    await sheet.waitFor();
    assert.deepEqual(await accessibilityFindings(luisa.page), []);
    assert.deepEqual((await smallTargets(luisa.page)).findings, []);
    await sheet.getByRole('button', { name: 'Postres' }).click();
    await bill('printed');
    const { text } = await stage.core.paper('Postres', 'CUENTA', SIDE);
    assert.deepEqual(missing(text, 'Mesa 7', 'Yuca frita', 'TOTAL'), [], text);
  });

  step('come out at the printer beside the terminal, without a question', async () => {
    await printers.add('network');
    await printers.fill({ 'device-name': DESK, 'address-host': '127.0.0.1' });
    await printers.fill({ 'address-port': String(desk.port) });
    await printers.save();
    await printers.beside('Caja 1', DESK);
    await luisa.page.locator('[data-testid="print-bill"][data-beside="true"]').waitFor();
    await press();
    await desk.paper('CUENTA', SIDE);
    await bill('printed');
  });

  /** A bill whose printer is switched off in the middle of it. */
  async function doubt() {
    await press();
    await bill('sending', 'sent');
    await desk.switchOff();
    await bill('uncertain');
    await luisa.page.getByTestId('uncertain-papers').waitFor();
    await desk.switchOn(SLOW);
  }

  step('are asked about when nobody knows, and one that came out is done with', async () => {
    await doubt();
    await luisa.page.getByTestId('answer-papers').click();
    const sheet = luisa.page.getByTestId('uncertain-sheet');
    const text = await sheet.innerText();
    for (const words of ['¿Salió este papel?', 'Mesa 7', DESK, 'Queda como impreso', 'POSIBLE DUPLICADO']) {
      assert.ok(text.includes(words), `${words}: ${text}`);
    }
    assert.deepEqual(await accessibilityFindings(luisa.page), []);
    assert.deepEqual((await smallTargets(luisa.page)).findings, []);
    await sheet.getByTestId('paper-came_out').click();
    await sheet.waitFor({ state: 'detached' });
    await bill('printed');
    await luisa.page.getByTestId('uncertain-papers').waitFor({ state: 'detached' });
    assert.deepEqual(await desk.slips(), [], 'it does not come again');
  });

  step('come once more, marked, when somebody says that they did not', async () => {
    await doubt();
    await luisa.page.getByTestId('bill-answer').click();
    await luisa.page.getByTestId('paper-print_again').click();
    await desk.paper('CUENTA', 'POSIBLE DUPLICADO', SIDE);
    await bill('printed');
    await luisa.page.getByTestId('uncertain-papers').waitFor({ state: 'detached' });
  });

  step('are seen in doubt by everyone who may answer, in their language', async () => {
    const ana = await stage.till('Ana');
    await ana.page.getByTestId('user-menu').click();
    await ana.page.getByTestId('language-en').click();
    await ana.page.getByTestId('close-sheet').click();
    await doubt();
    await ana.page.getByTestId('answer-papers').click();
    const sheet = ana.page.getByTestId('uncertain-sheet');
    await sheet.getByText('Did this paper come out?').waitFor();
    assert.match(await sheet.innerText(), /No, print it again[\s\S]*POSSIBLE DUPLICATE/);
    await sheet.getByTestId('paper-discard').click();
    await bill('cancelled');
    await ana.page.context().close();
  });

  step('are beside a drawer, which opens with a reason and for whoever may', async () => {
    await luisa.page.getByTestId('nav-drawer').click();
    const sheet = luisa.page.getByTestId('drawer-sheet');
    assert.equal(await sheet.getByTestId('confirm-drawer').isDisabled(), true, 'not without a reason');
    await sheet.getByTestId('drawer-reason').first().click();
    assert.deepEqual(await accessibilityFindings(luisa.page), []);
    await sheet.getByTestId('confirm-drawer').click();
    await sheet.waitFor({ state: 'detached' });
    await luisa.page
      .getByTestId('toast')
      .filter({ hasText: `Se abrió el cajón de ${DESK}` })
      .waitFor();
    const ana = await stage.till('Ana');
    await ana.page.getByTestId('nav-drawer').click();
    const asked = ana.page.getByTestId('drawer-sheet');
    assert.equal(await asked.getByTestId('confirm-drawer').count(), 0, 'the PIN does it');
    await asked.getByTestId('drawer-reason').first().click();
    await asked.getByTestId('approver-Luisa').click();
    await ana.page.keyboard.type('3333');
    await asked.waitFor({ state: 'detached' });
    await ana.page
      .getByTestId('toast')
      .filter({ hasText: `Se abrió el cajón de ${DESK}` })
      .waitFor();
  });

  step('leave a drawer shut that cannot be opened now, and say so', async () => {
    await desk.switchOff();
    await luisa.page.getByTestId('nav-drawer').click();
    const sheet = luisa.page.getByTestId('drawer-sheet');
    await sheet.getByTestId('drawer-other').fill('Prueba');
    await sheet.getByTestId('confirm-drawer').click();
    await sheet.getByTestId('drawer-problem').filter({ hasText: 'no se abrió' }).waitFor();
    assert.deepEqual(await accessibilityFindings(luisa.page), []);
  });
});
