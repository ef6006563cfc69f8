/**
 * The path that everything hangs on: a waiter taps, the core commits, the kitchen has paper and a screen,
 * and the waiter sees how far it is. What the screens say is held against the simulated paper.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { accessibilityFindings } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { Stage } from '../lib/stage.js';
import { until } from '../lib/until.js';
import { missing, says } from '../lib/words.js';

const TABLE = '12';
const CHURRASCO = 'Churrasco (350 g)';
const DRINK = 'Mojito';
const SIDE = 'Yuca frita';
/** What was asked for the meat, on every medium. */
const WISHES = ['Término medio', 'Papa criolla', 'bien caliente, por favor', 'maní'];

describe('the first ticket', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  /** @type {import('../lib/kitchen.js').Kitchen} */
  let cook;
  /** Number of the kitchen's ticket. */
  let number = '';

  before(async () => {
    stage = await Stage.open();
    ana = await stage.till('Ana');
  });
  after(() => stage?.close());

  step('asks for what a product needs before it can be added', async () => {
    await ana.openTable(TABLE);
    await ana.pick('Parrilla', '401');
    const done = ana.page.getByTestId('sheet-done');
    assert.match(await done.innerText(), /Falta elegir: Término de la carne/);
    assert.ok(await done.isDisabled());
    await ana.page.getByTestId('modifier-Término medio').click();
    await until('the next question is named', async () => /Acompañamiento/.test(await done.innerText()));
    await ana.page.getByTestId('group-Acompañamiento').getByTestId('modifier-Papa criolla').click();
    await ana.page.getByTestId('sheet-note').fill('bien caliente, por favor');
    await ana.page.getByTestId('sheet-allergy').fill('maní');
    await done.click();
    await ana.cart.filter({ hasText: CHURRASCO }).waitFor();
  });

  step('counts the total in the core, and shows it in pesos', async () => {
    await ana.pick('Cocteles y cervezas', '705');
    await until('the total is that of both products', async () =>
      /95\.000/.test(await ana.page.getByTestId('order-total').innerText()),
    );
  });

  step('is on paper with the same number and words', async () => {
    await ana.sendOrder();
    await ana.tick(CHURRASCO, 'printed');
    await ana.tick(DRINK, 'printed');
    number = await ana.ticketOf('Cocina');
    const { text } = await stage.core.paper('Cocina', `#${number}`, CHURRASCO);
    assert.deepEqual(missing(text, `Mesa ${TABLE}`, 'Ana', ...WISHES), [], text);
    assert.deepEqual(await stage.core.slips('Cocina', DRINK), [], 'the bar’s work is not on this paper');
    await stage.core.paper('Bar', DRINK);
  });

  step(
    'is on the kitchen’s screen with the same number and words, and the waiter sees that it was seen',
    async () => {
      cook = await stage.kitchen('Cocina');
      await cook.ticket(number).waitFor();
      const text = await cook.ticket(number).innerText();
      assert.deepEqual(missing(text, `#${number}`, `Mesa ${TABLE}`, 'Ana', CHURRASCO, ...WISHES), [], text);
      assert.ok(!says(text, DRINK));
      await ana.tick(CHURRASCO, 'seen');
    },
  );

  step('arrives on the open kitchen screen by itself', async () => {
    await ana.pick('Acompañamientos', '503');
    await ana.sendOrder();
    const change = await until('the addition has a number', async () => {
      const newest = await ana.ticketOf('Cocina');
      return newest === number ? null : newest;
    });
    await cook.ticket(change).getByText(SIDE).waitFor();
    const { text } = await stage.core.paper('Cocina', `#${change}`, SIDE);
    assert.ok(!says(text, CHURRASCO), 'only what was added is printed');
    await cook.bump(change);
    await ana.tick(SIDE, 'ready');
  });

  step('leaves the screen at a tap, tells the waiter, and comes back when that is undone', async () => {
    await cook.bump(number);
    await ana.tick(CHURRASCO, 'ready');
    await cook.undo();
    await cook.ticket(number).waitFor();
    await ana.tick(CHURRASCO, 'seen');
  });

  step('is done with the first key of the bump bar and recalled with R', async () => {
    await cook.page.keyboard.press('1');
    await cook.ticket(number).waitFor({ state: 'detached' });
    await ana.tick(CHURRASCO, 'ready');
    await cook.page.keyboard.press('r');
    await cook.ticket(number).waitFor();
  });

  step('is recalled from the list of done tickets', async () => {
    await cook.bump(number);
    await cook.page.getByTestId('done').click();
    await cook.page.getByTestId(`recall-${Number(number)}`).click();
    await cook.ticket(number).waitFor();
  });

  step('prints again only under its mark', async () => {
    await ana.reprint('Cocina', number);
    const { text } = await stage.core.paper('Cocina', 'REIMPRESIÓN 1', `#${number}`);
    assert.deepEqual(missing(text, CHURRASCO, ...WISHES), [], text);
    const papers = await stage.core.slips('Cocina', CHURRASCO);
    const unmarked = papers.filter((slip) => !says(slip.text, 'REIMPRESIÓN'));
    assert.equal(unmarked.length, 1, 'one paper without a mark');
  });
});

describe('taking a sent line back', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  before(async () => {
    stage = await Stage.open();
    ana = await stage.till('Ana');
    await ana.openTable('3');
    await ana.pick('Acompañamientos', '502');
    await ana.pick('Acompañamientos', '503');
    await ana.pick('Acompañamientos', '504');
    await ana.sendOrder();
    await ana.tick('Yuca frita', 'printed');
  });
  after(() => stage?.close());

  step('takes a manager’s PIN on the screen of a waiter, which a wrong one leaves as it was', async () => {
    const { page } = ana;
    await ana.sent('Arroz con coco').getByRole('button').first().click();
    assert.match(await ana.sent('Arroz con coco').innerText(), /hace falta el PIN/);
    await page.getByTestId('void-line').click();
    const sheet = page.getByTestId('void-sheet');
    await sheet.getByTestId('approver-Jorge').click();
    assert.match(await sheet.getByTestId('approval-hint').innerText(), /motivo/);
    await page.keyboard.type('2222');
    await sheet.getByTestId('void-reason').first().click();
    assert.deepEqual(await accessibilityFindings(page), []);
    await page.keyboard.type('0000');
    await sheet.getByTestId('void-problem').filter({ hasText: 'PIN incorrecto' }).waitFor();
    assert.equal(await sheet.getByTestId('void-reason').first().getAttribute('aria-pressed'), 'true');
    await page.keyboard.type('2222');
    await sheet.waitFor({ state: 'detached' });
    await until('it is void', async () => /Anulado/.test(await ana.sent('Arroz con coco').innerText()));
    await stage.core.paper('Cocina', 'ANULACIÓN', 'Arroz con coco');
  });

  step('is asked for in the language of the screen', async () => {
    const { page } = ana;
    const speak = async (/** @type {string} */ language) => {
      await page.getByTestId('user-menu').click();
      await page.getByTestId(`language-${language}`).click();
      await page.getByTestId('close-sheet').click();
    };
    await speak('en');
    await ana.sent('Yuca frita').getByRole('button').first().click();
    await page.getByTestId('void-line').click();
    const sheet = page.getByTestId('void-sheet');
    await sheet.getByTestId('approver-Luisa').click();
    await sheet.getByTestId('void-reason').first().click();
    assert.deepEqual(missing(await sheet.innerText(), 'Approved by', "Luisa's PIN"), []);
    await page.keyboard.type('0000');
    await sheet.getByTestId('void-problem').filter({ hasText: 'Wrong PIN' }).waitFor();
    await page.keyboard.press('Escape');
    await speak('es');
  });

  step('is for the cashier, with a reason, and the kitchen has it on paper and on screen', async () => {
    const luisa = await stage.till('Luisa');
    const cook = await stage.kitchen('Cocina');
    await luisa.openTable('3');
    await luisa.sent('Yuca frita').getByRole('button').first().click();
    await luisa.page.getByTestId('void-line').click();
    await luisa.page.getByTestId('void-reason').first().click();
    await luisa.page.getByTestId('confirm-void').click();
    const { text } = await stage.core.paper('Cocina', 'ANULACIÓN', 'Yuca frita');
    const number = /#(\d+)/.exec(text)?.[1] ?? '';
    assert.ok(!says(text, 'Papa criolla'), 'only the line that was taken back');
    const card = cook.ticket(number);
    await card.waitFor();
    assert.equal(await card.getAttribute('data-kind'), 'void');
    assert.deepEqual(missing(await card.innerText(), 'Anulación', 'Yuca frita', 'anulado'), []);
    await until('Ana sees it too', async () => /Anulado/.test(await ana.sent('Yuca frita').innerText()));
  });
});
