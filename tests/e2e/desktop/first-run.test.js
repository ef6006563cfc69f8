/**
 * A house from nothing to its first ticket on paper: the window of the first start founds it, can be left and taken up
 * again, and whoever comes in first is shown what comes next, and sets the first printer up.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { Desktop } from '../lib/desktop.js';
import { journey } from '../lib/journey.js';
import { outFolder, temporaryFolder } from '../lib/paths.js';
import { PrinterSim } from '../lib/printer-sim.js';
import { until } from '../lib/until.js';
import { missing } from '../lib/words.js';

/** A network of this run's own in the loopback range: nothing else is ever searched. */
const NETWORK = `127.${160 + ((process.pid >> 8) % 32)}.${process.pid & 255}`;
const RANGE = `${NETWORK}.0/24`;
const HOUSE = 'La Esquina de los Compadres y Compañía';

describe('a house that is founded', () => {
  const step = journey();
  /** @type {Desktop} */
  let desktop;
  /** @type {string} */
  let out;
  /** @type {{ folder: string, remove: () => Promise<void> }} */
  let own;
  /** @type {string} */
  let data;
  /** @type {PrinterSim} */
  let printer;

  before(async () => {
    [out, printer] = await Promise.all([outFolder(), PrinterSim.findable(`${NETWORK}.5`)]);
    own = await temporaryFolder();
    data = path.join(own.folder, 'data');
  });
  after(async () => {
    await desktop?.stop();
    await printer?.stop();
    await own?.remove();
  });

  /** @param {string} name */
  async function look(name) {
    for (const theme of ['light', 'dark']) {
      await desktop.wear(theme);
      assert.deepEqual(await desktop.findings(), [], `${name}, ${theme}`);
      await desktop.picture(path.join(out, `first-run-${name}-${theme}.png`));
    }
  }

  /** @param {string} wanted */
  async function isAt(wanted) {
    await until(`the page of ${wanted}`, async () => {
      return (await (await desktop.find('first-run')).getAttribute('data-step')) === wanted;
    });
  }

  /** @param {string} testid @param {string} text */
  async function type(testid, text) {
    await (await desktop.find(testid)).setValue(text);
  }

  step('is asked for where there is none, in the language of the person', async () => {
    desktop = await Desktop.start({ data, demo: false });
    assert.deepEqual(await desktop.windows(), ['start'], 'and no till');
    assert.deepEqual(missing(await desktop.says('first-run-title'), '¿Dónde está su negocio?'), []);
    await desktop.click('language-en');
    assert.deepEqual(missing(await desktop.says('first-run-title'), 'Where is your business?'), []);
    await look('place-en');
    await desktop.click('language-es');
    assert.deepEqual(missing(await desktop.says('first-run-title'), '¿Dónde está su negocio?'), []);
  });

  step('proposes the money and the tax of its country, and says what is wrong with a rate', async () => {
    await (await desktop.find('country')).selectByAttribute('value', 'MX');
    assert.deepEqual(missing(await desktop.says('currency'), 'MXN'), []);
    assert.equal(await (await desktop.find('tax')).getValue(), '16');
    await (await desktop.find('country')).selectByAttribute('value', 'CO');
    assert.equal(await (await desktop.find('tax')).getValue(), '8');
    await type('tax', 'mucho');
    await desktop.click('next');
    assert.deepEqual(missing(await desktop.says('tax-problem'), 'un porcentaje de 0 a 100'), []);
    await look('rate');
    await type('tax', '8');
    await desktop.click('next');
    await isAt('house');
  });

  step('is named, and begins with what it needs', async () => {
    await desktop.click('next');
    assert.deepEqual(missing(await desktop.says('house-name-problem'), 'Falta escribirlo'), []);
    await type('house-name', HOUSE);
    await desktop.click('kind-cafe');
    assert.equal(await desktop.says('tables-value'), '6');
    await desktop.click('tables-more');
    await look('house');
    await desktop.click('next');
    await isAt('you');
  });

  step('asks the same in English', async () => {
    /** @param {string} page @param {string[]} words */
    const asks = async (page, ...words) => {
      await isAt(page);
      assert.deepEqual(missing(await desktop.says('first-run'), ...words), []);
    };
    await desktop.click('back');
    await desktop.click('back');
    await desktop.click('language-en');
    await desktop.click('next');
    await asks('house', 'What business is it?', 'Kind of business', 'A sample', 'Step 2 of 3');
    await desktop.click('next');
    await asks('you', 'Who are you?', 'Your name', 'Four digits that you can remember');
    await desktop.click('back');
    await desktop.click('back');
    await desktop.click('language-es');
    await desktop.click('next');
    await desktop.click('next');
    await isAt('you');
  });

  step('is left in the middle and taken up again where it was', async () => {
    await desktop.click('back');
    await desktop.click('back');
    await isAt('place');
    await desktop.click('quit').catch(() => undefined);
    await until('the program has ended', async () => !(await desktop.isOpen()));
    await desktop.stop();
    desktop = await Desktop.start({ data, demo: false });
    await desktop.click('next');
    await isAt('house');
    assert.equal(await (await desktop.find('house-name')).getValue(), HOUSE);
    assert.equal(await desktop.says('tables-value'), '7');
    await desktop.click('next');
  });

  step('has a first person with a PIN that was typed twice', async () => {
    await type('admin-name', 'Rosa');
    await type('admin-pin', '2468');
    await type('admin-pin-again', '2486');
    await desktop.click('found');
    assert.deepEqual(missing(await desktop.says('admin-pin-again-problem'), 'No es el mismo PIN'), []);
    await look('you');
    await type('admin-pin-again', '2468');
    await desktop.click('found');
  });

  step('opens, lets that person in and shows what comes next', async () => {
    await until('only the till is open', async () => (await desktop.windows()).join() === 'main');
    await desktop.focus('main');
    await desktop.signIn('Rosa', '2468');
    await desktop.find('first-steps');
    assert.deepEqual(missing(await desktop.says('first-steps-done'), '2 de 5'), []);
    /** @param {string} name */
    const isDone = async (name) => (await desktop.find(`step-${name}`)).getAttribute('data-done');
    assert.deepEqual(
      [await isDone('printers'), await isDone('menu'), await isDone('tables'), await isDone('ticket')],
      ['false', 'true', 'true', 'false'],
    );
    await look('steps');
    await desktop.click('open-printers');
    await desktop.find('add-printer');
  });

  step('finds its printer in the network, reads its page and gives it both stations', async () => {
    await desktop.click('add-printer');
    await desktop.driver.$('[data-testid="other-network"] summary').click();
    await type('network-range', RANGE);
    await desktop.driver.keys('Enter');
    await desktop.click(`found-${printer.address}`);
    await until('the page came out', async () => /La página salió/.test(await desktop.says('page-state')));
    const page = await printer.paper('PRUEBA DE IMPRESIÓN', 'ñ Ñ á € ¿ ¡');
    const row = /(\d+): ñ Ñ á € ¿ ¡/.exec(page)?.[1];
    assert.ok(row, page);
    await desktop.click(`page-row-${row}`);
    for (const station of ['Barra', 'Cocina']) {
      await desktop.click(`role-${station}-first`);
      await until(`it prints for ${station}`, async () =>
        /Ahora: /.test(await desktop.says(`give-${station}`)),
      );
    }
    await desktop.click('tryout-done');
  });

  step('has its first ticket on paper', async () => {
    await desktop.click('nav-tables');
    await desktop.click('table-3');
    await desktop.click('product-501');
    await desktop.click('send-order');
    await printer.paper('Barra', 'Mesa 3', 'Café negro', '#001');
  });

  step('has its tables on the floor and its menu in the order', async () => {
    await desktop.click('nav-tables');
    await desktop.click('table-7');
    // A name that may be cut to two lines is no text to WebDriver.
    assert.equal(await (await desktop.find('product-501')).getAttribute('title'), 'Café negro');
    await desktop.picture(path.join(out, 'first-run-menu.png'));
  });

  step('opens the till at once the next time, with the windows that were open beside it', async () => {
    await desktop.click('nav-kitchen');
    await until('the kitchen is open', async () => (await desktop.windows()).join() === 'kitchen,main');
    await desktop.stop();
    desktop = await Desktop.start({ data, demo: false });
    await until('both are open', async () => (await desktop.windows()).join() === 'kitchen,main');
    await desktop.focus('main');
    // Who was at work still is.
    await desktop.find('floor');
  });
});
