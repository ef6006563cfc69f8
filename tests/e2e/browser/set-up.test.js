/**
 * A printer on its way into use, with no help: found when a person asks, asked, saved and tried out on paper, read by a
 * person, given to its stations. And what a house does before it opens: all printers at once, where a product comes
 * out, and what is to be mended.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { inspect } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { PrinterSim } from '../lib/printer-sim.js';
import { PrintersPage } from '../lib/printers-page.js';
import { QueuePanel } from '../lib/queue-panel.js';
import { Stage } from '../lib/stage.js';
import { countTaps } from '../lib/taps.js';
import { until } from '../lib/until.js';

const GRILL = 'Parrilla';
const SIDE = 'Yuca frita';
const DRINK = 'Agua con gas (500 ml)';

/** A network of this run's own in the loopback range: nothing else is ever searched. */
const NETWORK = `127.${192 + ((process.pid >> 8) % 32)}.${process.pid & 255}`;
const RANGE = `${NETWORK}.0/24`;
/** One in which nobody is. */
const EMPTY = `127.${224 + ((process.pid >> 8) % 16)}.${process.pid & 255}.0/24`;

describe('setting a printer up', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {PrinterSim} */
  let grill;
  /** @type {PrintersPage} */
  let printers;
  /** @type {import('../lib/till.js').Till} */
  let camila;

  before(async () => {
    [stage, grill] = await Promise.all([Stage.open(), PrinterSim.findable(`${NETWORK}.5`)]);
    camila = await stage.till('Camila', { reducedMotion: 'reduce' });
    printers = await PrintersPage.open(camila);
  });
  after(async () => {
    await stage?.close();
    await grill?.stop();
  });

  /** The number of the row that reads right on the last page of the new printer. */
  async function rightRow() {
    const text = await grill.paper('PRUEBA DE IMPRESIÓN', 'ñ Ñ á € ¿ ¡');
    const row = /(\d+): ñ Ñ á € ¿ ¡/.exec(text)?.[1];
    assert.ok(row, text);
    return row;
  }

  /** Takes a printer away again, and the paper off the new one. @param {string} name */
  async function forget(name) {
    await printers.device(name).getByTestId('remove-device').click();
    await camila.page.getByTestId('confirm-remove').click();
    await printers.device(name).waitFor({ state: 'detached' });
    await grill.switchOff();
    await grill.switchOn();
  }

  step('asks the network only when a person says so, and says what to do when nobody is there', async () => {
    /** @type {string[]} */
    const asked = [];
    camila.page.on('request', (request) => {
      if (request.url().endsWith('/find_printers')) asked.push(request.postData() ?? '');
    });
    await printers.root.getByTestId('add-printer').click();
    await printers.step('find').getByTestId('look-cables').and(camila.page.locator(':enabled')).waitFor();
    assert.deepEqual(
      asked.map((body) => JSON.parse(body).network),
      [false],
      'opening it looks at the cables alone',
    );
    await printers.search('8.8.8.0/24');
    const refused = printers.tryout.getByTestId('found-network-problem');
    await refused.filter({ hasText: '8.8.8.0/24' }).waitFor();
    await printers.search(EMPTY);
    const none = printers.tryout.getByTestId('network-none');
    await none.waitFor();
    const words = await none.innerText();
    assert.ok(words.includes(EMPTY), words);
    assert.match(words, /esté encendida/, 'it says what to do');
    await printers.tryout.getByTestId('type-address').waitFor();
  });

  step('finds a printer and says what it answered, and nothing comes out', async () => {
    await printers.search(RANGE);
    const row = printers.found(grill.address);
    await row.waitFor();
    assert.match(await row.innerText(), /Respondió: TM-SIM80/);
    assert.match(await row.innerText(), new RegExp(`En la red: ${grill.host}, puerto 9100`));
    assert.deepEqual(await grill.slips(), []);
  });

  step('says what is in the way, saves nothing by itself, and goes back without loss', async () => {
    await grill.switchOff();
    await printers.found(grill.address).click();
    const problem = printers.tryout.getByTestId('ask-problem');
    await problem.waitFor();
    assert.match(await problem.innerText(), /no responde/);
    await printers.tryout.getByTestId('ask-again').click();
    await problem.waitFor();
    await printers.tryout.getByTestId('back-to-list').click();
    await printers.found(grill.address).waitFor();
    assert.equal(await printers.device('TM-SIM80').count(), 0);
  });

  step('saves it all the same when a person says so, and its page comes out once it is on', async () => {
    await printers.found(grill.address).click();
    await printers.tryout.getByTestId('save-anyway').click();
    await printers.pageIs(/no responde[^]*Sale sola cuando se arregle/);
    await grill.switchOn();
    await printers.pageIs(/La página salió|mire si la página salió/);
    await grill.paper('PRUEBA DE IMPRESIÓN', grill.address);
    await camila.page.keyboard.press('Escape');
    await printers.tryout.waitFor({ state: 'detached' });
    await forget('TM-SIM80');
  });

  step('is tried out too when its address was typed', async () => {
    await printers.root.getByTestId('add-printer').click();
    await printers.tryout.getByTestId('type-address').click();
    await printers.fill({ 'device-name': 'A mano', 'address-host': grill.host });
    await printers.sheet.getByTestId('save-device').click();
    await printers.pageIs(/La página salió|mire si la página salió/);
    await grill.paper('PRUEBA DE IMPRESIÓN', 'A mano');
    await camila.page.keyboard.press('Escape');
    await forget('A mano');
  });

  step('is four touches: add, the one that was found, the row that reads right, its station', async () => {
    const taps = await countTaps(camila.page);
    await printers.root.getByTestId('add-printer').click();
    await printers.search(RANGE);
    await printers.found(grill.address).click();
    await printers.pageIs('La página salió.');
    const facts = await printers.tryout.getByTestId('known-facts').innerText();
    assert.match(facts, /Dice ser TM-SIM80/);
    assert.match(facts, /Confirma cada comanda por su número/);
    const row = printers.tryout.getByTestId(`page-row-${await rightRow()}`);
    assert.match(await row.innerText(), /\d+:\s*ñ Ñ á € ¿ ¡/);
    await row.click();
    await printers.role('Cocina', 'first').click();
    await printers
      .step('stations')
      .getByTestId('give-Cocina')
      .filter({ hasText: 'Ahora: TM-SIM80 → Cocina' })
      .waitFor();
    assert.equal(await taps(), 4);
  });

  step('gets the name that its people use, and refuses one that is taken', async () => {
    const name = printers.tryout.getByTestId('tryout-name');
    await name.fill('Bar');
    await printers.tryout.getByTestId('tryout-done').click();
    await printers.tryout.getByTestId('tryout-name-problem').filter({ hasText: 'Bar' }).waitFor();
    await name.fill(GRILL);
    await printers.tryout.getByTestId('tryout-done').click();
    await printers.tryout.waitFor({ state: 'detached' });
    await printers.device(GRILL).getByText('Confirma cada comanda por su número').waitFor();
    await printers
      .chain('Cocina')
      .filter({ hasText: /Primero\s*Parrilla\s*Respaldo 1\s*Cocina/ })
      .waitFor();
  });

  step('can be done again for one that is there, also when no row reads right', async () => {
    await grill.switchOff();
    await grill.switchOn();
    await printers.device(GRILL).getByTestId('try-device').click();
    await printers.pageIs('La página salió.');
    await printers.tryout.getByTestId('no-row').click();
    const models = printers.tryout.getByTestId('models').locator('button');
    await models.first().waitFor();
    await printers.tryout.getByTestId('model-search').fill('no hay tal');
    await printers.tryout.getByTestId('model-none').filter({ hasText: '«no hay tal»' }).waitFor();
    await printers.tryout.getByTestId('model-search').fill('epson t88v');
    await printers.tryout.getByTestId('model-epson-tm-t88v').click();
    await printers.tryout.getByTestId('page-rows').waitFor();
    await printers.pageIs('La página salió.');
    await until('the second page is out', async () => (await grill.slips()).length === 2);
    await printers.tryout.getByTestId('page-row-1').click();
    assert.equal(await printers.role('Cocina', 'first').getAttribute('aria-pressed'), 'true');
    await camila.page.keyboard.press('Escape');
    await printers.tryout.waitFor({ state: 'detached' });
  });

  step('says of a search that it is there already, and tries it out from there', async () => {
    await printers.root.getByTestId('add-printer').click();
    await printers.search(RANGE);
    const row = printers.found(grill.address);
    await row.filter({ hasText: `Ya está: ${GRILL}` }).waitFor();
    await printers.tryout.getByTestId('type-address').click();
    await printers.sheet.getByTestId('device-name').waitFor();
    await camila.page.keyboard.press('Escape');
  });

  step('prints all printers at once before the house opens, and says which did not', async () => {
    await stage.core.setCondition('Bar', 'paper_out');
    const button = printers.root.getByTestId('check-printers');
    await button.focus();
    await camila.page.keyboard.press('Enter');
    const sheet = camila.page.getByTestId('check-sheet');
    const checked = (/** @type {string} */ name) => sheet.getByTestId(`checked-${name}`);
    await checked('Bar')
      .filter({ hasText: /Sin papel en Bar: cambie el rollo/ })
      .waitFor();
    for (const name of [GRILL, 'Cocina', 'Postres']) {
      await checked(name).filter({ hasText: 'Imprimió' }).waitFor();
    }
    await sheet.getByTestId('check-summary').filter({ hasText: '3 de 4 impresoras' }).waitFor();
    const again = sheet.getByTestId('check-again');
    await again.focus();
    await camila.page.keyboard.press('Enter');
    await until('the others have printed twice', async () => {
      const slips = await Promise.all(
        ['Cocina', 'Postres'].map((name) => stage.core.slips(name, 'PRUEBA DE APERTURA')),
      );
      return slips.every((printed) => printed.length === 2);
    });
    await checked('Bar')
      .filter({ hasText: /Detenida[^]*Sin papel en Bar: cambie el rollo/ })
      .waitFor();
    await stage.core.setCondition('Bar', 'ready');
    await sheet
      .getByTestId('check-summary')
      .filter({ hasText: 'Todas las impresoras imprimieron.' })
      .waitFor();
    await stage.core.paper('Bar', 'PRUEBA DE APERTURA');
    await camila.page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    const focused = await button.evaluate((one) => one === document.activeElement);
    assert.ok(focused, 'the keyboard is where it was');
  });

  step('says where a product comes out and why, and what it says is what happens', async () => {
    await printers.root.getByTestId('trace-product').click();
    const sheet = camila.page.getByTestId('trace-sheet');
    await sheet.getByTestId('trace-search').fill('zzqqxx');
    await sheet.getByTestId('trace-none').waitFor();
    await sheet.getByTestId('trace-search').fill('yuca frita');
    await sheet.getByTestId('trace-found').getByText(SIDE).first().waitFor();
    await sheet.getByTestId('trace-search').press('Enter');
    await sheet
      .getByTestId('trace-answer')
      .filter({ hasText: `saldría ahora en ${GRILL}` })
      .waitFor();
    const steps = sheet.getByTestId('trace-steps').locator('li');
    assert.equal(await steps.count(), 2);
    assert.match(await steps.nth(0).innerText(), /Parrilla\s*Primero\s*Sale aquí/);
    assert.match(await steps.nth(1).innerText(), /Cocina\s*Respaldo 1[^]*Es respaldo/);
    await camila.page.keyboard.press('Escape');
    const ana = await stage.till('Ana');
    await ana.openTable('5');
    await ana.pick('Acompañamientos', '503');
    await ana.sendOrder();
    await grill.paper('Mesa 5', SIDE);
    await ana.page.context().close();
  });

  step('says what is to be mended, leads to where it is, and is quiet when all is well', async () => {
    const sign = printers.root.getByTestId('look-over');
    await sign.filter({ hasText: '2 avisos' }).waitFor();
    await sign.click();
    const sheet = camila.page.getByTestId('findings-sheet');
    for (const station of ['Bar', 'Postres']) {
      const finding = sheet
        .getByTestId('finding-no_backup')
        .filter({ hasText: `${station} no tiene respaldo` });
      await finding.getByTestId('mend-no_backup').click();
      await printers.places.getByTestId(`add-${GRILL}`).click();
      await printers.saveChain();
      await sheet.waitFor();
      await finding.waitFor({ state: 'detached' });
    }
    await sheet.getByTestId('nothing-to-mend').waitFor();
    await camila.page.keyboard.press('Escape');
    assert.doesNotMatch(await sign.innerText(), /aviso/);
  });

  step('gives a device that nothing comes out of to a station from there', async () => {
    await printers.add('folder');
    await printers.fill({ 'device-name': 'Archivo', 'address-folder': grill.data.folder });
    await printers.save();
    await printers.root.getByTestId('look-over').filter({ hasText: '1 aviso' }).click();
    const sheet = camila.page.getByTestId('findings-sheet');
    await sheet.getByTestId('mend-unused').click();
    await printers.role('Postres', 'backup').click();
    await printers.step('stations').getByTestId('give-Postres').filter({ hasText: '→ Archivo' }).waitFor();
    await printers.tryout.getByTestId('tryout-done').click();
    await sheet.getByTestId('nothing-to-mend').waitFor();
    await camila.page.keyboard.press('Escape');
  });

  step('speaks English to whoever reads it', async () => {
    const { page } = camila;
    const language = async (/** @type {string} */ wanted) => {
      await page.getByTestId('user-menu').click();
      await page.getByTestId(`language-${wanted}`).click();
      await page.getByTestId('close-sheet').click();
    };
    await language('en');
    await printers.root.getByTestId('look-over').click();
    await page.getByTestId('findings-sheet').getByText('There is nothing to mend.').waitFor();
    await page.keyboard.press('Escape');
    await printers.root.getByTestId('add-printer').click();
    await printers.search(RANGE);
    await printers
      .found(grill.address)
      .filter({ hasText: `There already: ${GRILL}` })
      .waitFor();
    await printers.tryout.getByRole('button', { name: 'Type the address' }).waitFor();
    await page.keyboard.press('Escape');
    await language('es');
  });

  step('shows the paper of what is held up as it will come out', async () => {
    for (const printer of ['Bar', 'Cocina', 'Postres']) await stage.core.setCondition(printer, 'paper_out');
    await grill.switchOff();
    await camila.openTable('6');
    await camila.pick('Bebidas', '607');
    await camila.sendOrder();
    await camila.tick(DRINK, 'problem');
    const number = await camila.ticketOf('Bar');
    const drawn = camila.page.getByTestId('paper-drawn');
    const says = async () => {
      await drawn.waitFor();
      return (await drawn.getAttribute('aria-label')) ?? '';
    };
    const panel = await QueuePanel.open(camila);
    await panel.sheet.getByTestId(`paper-${number}`).click();
    const text = await says();
    assert.match(text, /MESA 6/i);
    assert.match(text, /agua con gas/i);
    const letters = await drawn.locator('text').allInnerTexts();
    assert.ok(letters.length > 4, letters.join('\n'));
    await inspect(camila.page, 'a paper on the screen');
    await camila.page.keyboard.press('Escape');
    await drawn.waitFor({ state: 'detached' });
    await panel.sheet.waitFor();
    await camila.page.keyboard.press('Escape');
    await camila.page.getByTestId('unprinted-badge').click();
    await camila.page.getByTestId('unprinted-paper').click();
    assert.match(await says(), /MESA 6/i);
    await camila.page.keyboard.press('Escape');
    await camila.page.keyboard.press('Escape');
  });
});
