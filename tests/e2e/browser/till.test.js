/**
 * A drawer from its float to its count: counted by hand, told on paper, and never said what must be in it before it is
 * counted. Two windows of one terminal agree on what became of it.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { inspect, inspectLargeText } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { speak } from '../lib/speak.js';
import { Stage } from '../lib/stage.js';
import { TillPage } from '../lib/till-page.js';
import { comeBackTo } from '../lib/till.js';
import { missing } from '../lib/words.js';

const NOTE = 'Faltó un vuelto';

describe('a till', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {TillPage} */
  let luisa;
  /** @type {TillPage} */
  let jorge;

  before(async () => {
    stage = await Stage.open();
    luisa = await TillPage.open(await stage.till('Luisa', { reducedMotion: 'reduce' }));
  });
  after(() => stage?.close());

  step('is only for whoever keeps it', async () => {
    const ana = await stage.till('Ana');
    assert.equal(await ana.page.getByTestId('nav-till').count(), 0);
    await ana.page.evaluate(() => window.history.pushState({}, '', '/till'));
    await ana.page.reload();
    await ana.page.getByText('Su rol no permite abrir ni cerrar la caja').waitFor();
    await inspect(ana.page, 'a till that nobody may keep');
    await ana.page.context().close();
  });

  step('is closed, and says what to do', async () => {
    await luisa.isOpen(false);
    await luisa.root.getByText('Cuente el dinero').waitFor();
    await inspect(luisa.page, 'a closed till');
    await inspectLargeText(luisa.page, 'a closed till');
  });

  step('is opened with what was counted, piece by piece', async () => {
    await luisa.root.getByTestId('open-till').click();
    const sheet = luisa.sheet('float');
    await luisa.press('float');
    assert.match(await luisa.problem('float'), /si no hay nada, escriba 0/);
    // A hand on the keyboard begins at the largest and goes down with Enter.
    const first = sheet.getByTestId('float-piece-100.000');
    await first.press('1');
    assert.equal(await sheet.getByTestId('float-problem').count(), 0);
    await first.press('Enter');
    await luisa.page.keyboard.type('1');
    // A finger goes on where the hand was.
    await sheet.getByTestId('float-digit-2').click();
    await sheet.getByTestId('float-digit-delete').click();
    await sheet.getByTestId('float-sum').getByText('150.000').waitFor();
    await luisa.count('float', { '10.000': '4', '5.000': '2' });
    await luisa.button('float', 'Abrir la caja con 200.000');
    await inspect(luisa.page, 'a float that is counted');
    await inspectLargeText(luisa.page, 'a float that is counted');
    await luisa.save('float');
    await luisa.isOpen(true);
    await luisa.says('float', '200.000');
  });

  step('takes cash in and gives it out, each with a reason', async () => {
    await luisa.root.getByTestId('put-in').click();
    await luisa.press('move');
    assert.match(await luisa.problem('move-amount'), /Escriba cuánto/);
    await luisa.amount('0');
    await luisa.press('move');
    assert.match(await luisa.problem('move-reason'), /Diga por qué/);
    await luisa.move.getByTestId('move-reason').first().click();
    await luisa.press('move');
    assert.ok(await luisa.problem('move-amount'), 'nothing cannot be put in');
    await luisa.amount('50000');
    await luisa.button('move', 'Meter 50.000');
    await inspect(luisa.page, 'cash that goes in');
    await inspectLargeText(luisa.page, 'cash that goes in');
    await luisa.save('move');
    await luisa.says('in', '50.000');
    await luisa.root.getByTestId('take-out').click();
    await luisa.move.getByTestId('move-amount').fill('120.000');
    await luisa.move.getByTestId('move-other').fill('Domicilio del hielo');
    await luisa.move.getByTestId('move-other').press('Enter');
    await luisa.move.waitFor({ state: 'detached' });
    await luisa.says('out', '120.000');
    const last = luisa.root.getByTestId('till-move').last();
    assert.match(await last.innerText(), /Domicilio del hielo\s*\d\d:\d\d · Luisa\s*120\.000/);
    assert.equal(await luisa.root.getByTestId('till-move').count(), 2);
    await inspect(luisa.page, 'an open till');
    await inspectLargeText(luisa.page, 'an open till');
  });

  step('tells on paper what went through it, and not what must be in it', async () => {
    await luisa.print('x', 'Bar');
    const { text } = await stage.core.paper('Bar', 'INFORME X', 'Domicilio del hielo');
    assert.deepEqual(missing(text, 'Más cambio · Luisa', '50.000', '120.000'), [], text);
    assert.deepEqual(missing(text, '130.000'), ['130.000'], text);
    await luisa.paper('x', 'printed');
    assert.deepEqual(missing(await luisa.root.innerText(), '130.000'), ['130.000']);
  });

  step('is the same one at another window of the terminal', async () => {
    jorge = await TillPage.open(await stage.till('Jorge', { colorScheme: 'dark', reducedMotion: 'reduce' }));
    await jorge.isOpen(true);
    await jorge.says('out', '120.000');
    await jorge.root.getByText(/La abrió Luisa a las/).waitFor();
    await jorge.root.getByTestId('put-in').click();
    await jorge.amount('10000');
    await jorge.move.getByTestId('move-reason').first().click();
    await jorge.save('move');
    await jorge.says('in', '60.000');
    // The core does not say it by itself: the page asks again.
    await luisa.says('in', '60.000');
  });

  step('is counted blind, and the answer says what is missing', async () => {
    await jorge.root.getByTestId('take-out').click();
    await jorge.amount('5000');
    await luisa.root.getByTestId('close-till').click();
    await luisa.count('closing', { '50.000': '2', '20.000': '1' });
    const text = await luisa.sheet('closing').innerText();
    assert.deepEqual(missing(text, '140.000'), ['140.000'], text);
    // Whoever is called away goes on counting later.
    await luisa.page.keyboard.press('Escape');
    await luisa.root.getByTestId('close-till').click();
    await luisa.button('closing', 'Cerrar la caja con 120.000');
    await luisa.sheet('closing').getByTestId('closing-note').fill(NOTE);
    await inspect(luisa.page, 'a till that is counted');
    await inspectLargeText(luisa.page, 'a till that is counted');
    await luisa.save('closing');
    await luisa.isOpen(false);
    await luisa.verdict.getByText('Faltan 20.000').waitFor();
    assert.equal(await luisa.verdict.getAttribute('data-how'), 'missing');
    await luisa.root.getByTestId('expected').getByText('140.000').waitFor();
    await luisa.root.getByTestId('counted').getByText('120.000').waitFor();
    await luisa.root.getByText(NOTE).waitFor();
  });

  step('is closed at the other window too, which says by whom', async () => {
    await jorge.root.getByTestId('till-moved').getByText('la cerró Luisa').waitFor();
    await jorge.move.waitFor({ state: 'detached' });
    await jorge.verdict.getByText('Faltan 20.000').waitFor();
    await inspect(jorge.page, 'a till that somebody else closed');
  });

  step('has its Z on paper, the second one marked', async () => {
    await luisa.print('z', 'Bar');
    const { text } = await stage.core.paper('Bar', 'INFORME Z', NOTE);
    assert.deepEqual(missing(text, '140.000', '120.000'), [], text);
    await luisa.paper('z', 'printed');
    await luisa.print('z', 'Bar');
    await stage.core.paper('Bar', 'INFORME Z', 'REIMPRESIÓN 1');
  });

  step('says what becomes of a Z without paper, and offers another printer', async () => {
    await luisa.page.reload();
    await luisa.verdict.getByText('Faltan 20.000').waitFor();
    await stage.core.setCondition('Bar', 'paper_out');
    await luisa.print('z', 'Bar');
    await luisa.paper('z', 'blocked');
    await luisa.root.getByText('Saldrá solo cuando la impresora vuelva').waitFor();
    await inspect(luisa.page, 'a Z that waits for paper');
    await luisa.root.getByTestId('print-elsewhere').click();
    await luisa.page.getByTestId('where-sheet').getByRole('button', { name: 'Postres' }).click();
    await stage.core.paper('Postres', 'INFORME Z', NOTE);
    await luisa.paper('z', 'printed');
    await stage.core.setCondition('Bar', 'ready');
    await stage.core.paper('Bar', 'INFORME Z', 'REIMPRESIÓN 2');
  });

  step('is opened with one figure, and speaks English', async () => {
    await speak(jorge.page, 'en');
    await jorge.verdict.getByText('20,000 is missing').waitFor();
    await jorge.root.getByTestId('open-till').click();
    await jorge.sheet('float').getByTestId('float-how-figure').click();
    await jorge.press('float');
    assert.match(await jorge.problem('float-figure'), /if there is nothing, type 0/);
    await jorge.sheet('float').getByTestId('float-figure').fill('80,000');
    await jorge.button('float', 'Open the till with 80,000');
    await inspect(jorge.page, 'a float in one figure');
    await jorge.save('float');
    await jorge.says('float', '80,000');
    await luisa.root.getByTestId('till-moved').getByText('la abrió Jorge').waitFor();
    await jorge.root.getByTestId('close-till').click();
    await jorge.count('closing', { '20,000': '4' });
    await jorge.save('closing');
    await jorge.verdict.getByText('The till is right.').waitFor();
    await inspect(jorge.page, 'a till that is right');
  });

  step('says so when it cannot be read, and is there again by itself', async () => {
    await luisa.page.route('**/api/v1/get_cash_session', (route) => route.abort());
    await comeBackTo(luisa.page, 'till');
    await luisa.root.getByTestId('till-problem').waitFor();
    await inspect(luisa.page, 'a till that cannot be read');
    await luisa.page.unroute('**/api/v1/get_cash_session');
    await luisa.verdict.getByText('La caja cuadra.').waitFor();
  });
});
