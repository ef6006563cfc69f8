/**
 * The path that everything hangs on, in both languages: a waiter taps, the core commits, the kitchen has paper and a
 * screen, and the waiter sees how far it is. What the screens say is held against the simulated paper.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { inspect } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { forbid } from '../lib/session.js';
import { LANGUAGES } from '../lib/speak.js';
import { Stage } from '../lib/stage.js';
import { countTaps } from '../lib/taps.js';
import { PINS } from '../lib/till.js';
import { until } from '../lib/until.js';
import { missing, says } from '../lib/words.js';

const TABLE = '12';
const CHURRASCO = 'Churrasco (350 g)';
const DRINK = 'Mojito';
const SIDE = 'Yuca frita';
/** What was asked for the meat, on every medium. */
const WISHES = ['Término medio', 'Papa criolla', 'bien caliente, por favor', 'maní'];

const WORDS = {
  es: {
    table: 'Mesa',
    missing: 'Falta elegir: Término de la carne',
    allergy: 'Alergia: maní',
    total: '95.000',
    halves: 'en partes iguales',
    inFront: 'El pedido pasó al frente de la fila.',
    urgent: 'Urgente',
    needed: /hace falta el PIN/,
    approval: ['Lo autoriza', 'Elija primero el motivo'],
    pinOf: 'PIN de Jorge',
    wrong: 'PIN incorrecto',
    voided: 'Anulado',
    card: ['Anulación', 'anulado'],
  },
  en: {
    table: 'Table',
    missing: 'Still to choose: Término de la carne',
    allergy: 'Allergy: maní',
    total: '95,000',
    halves: 'in equal parts',
    inFront: 'The order moved to the front of the queue.',
    urgent: 'Urgent',
    needed: /you need the PIN/,
    approval: ['Approved by', 'Choose the reason first'],
    pinOf: "Jorge's PIN",
    wrong: 'Wrong PIN',
    voided: 'Voided',
    card: ['Void', 'voided'],
  },
};

for (const language of LANGUAGES) {
  const words = WORDS[language];

  describe(`in ${language}`, () => {
    /** @type {Stage} */
    let stage;
    before(async () => {
      stage = await Stage.open();
    });
    after(() => stage?.close());

    describe(`the first ticket, in ${language}`, () => {
      const step = journey();
      /** @type {import('../lib/till.js').Till} */
      let ana;
      /** @type {import('../lib/kitchen.js').Kitchen} */
      let cook;
      /** Number of the kitchen's ticket. */
      let number = '';

      before(async () => {
        ana = await stage.till('Ana', { language, reducedMotion: 'reduce' });
      });
      after(() => ana?.page.context().close());

      step('asks for what a product needs before it can be added', async () => {
        await ana.openTable(TABLE);
        await ana.pick('Parrilla', '401');
        const done = ana.page.getByTestId('sheet-done');
        assert.equal(await done.innerText(), words.missing);
        assert.ok(await done.isDisabled());
        await ana.page.getByTestId('modifier-Término medio').click();
        await until('the next question is named', async () => /Acompañamiento/.test(await done.innerText()));
        await ana.page.getByTestId('group-Acompañamiento').getByTestId('modifier-Papa criolla').click();
        await ana.page.getByTestId('sheet-note').fill('bien caliente, por favor');
        await ana.page.getByTestId('sheet-allergy').fill('maní');
        await done.click();
        await ana.cart.filter({ hasText: CHURRASCO }).getByText(words.allergy).waitFor();
      });

      step('counts the total in the core, and shows it in pesos', async () => {
        await ana.pick('Cocteles y cervezas', '705');
        await ana.total(words.total);
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
          cook = await stage.kitchen('Cocina', { language });
          await cook.ticket(number).waitFor();
          const text = await cook.ticket(number).innerText();
          assert.deepEqual(
            missing(text, `#${number}`, `${words.table} ${TABLE}`, 'Ana', CHURRASCO, ...WISHES),
            [],
            text,
          );
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

      step('goes first, and prints once more, with somebody’s PIN where the role may not', async () => {
        const { page } = ana;
        const learned = page.waitForResponse((response) => response.url().endsWith('/get_session'));
        await forbid(stage.core, 'waiter', 'mark_urgent', 'reprint_ticket');
        await learned;
        const sheet = page.getByTestId('approval-sheet');
        const approve = async () => {
          await sheet.getByTestId('approver-Jorge').click();
          await sheet.getByTestId('approval-hint').filter({ hasText: words.pinOf }).waitFor();
          await inspect(page, `leave that is asked for, in ${language}`);
          await page.keyboard.type(PINS.Jorge);
          await sheet.waitFor({ state: 'detached' });
        };
        await stage.core.setCondition('Cocina', 'paper_out');
        await ana.pick('Acompañamientos', '504');
        await ana.sendOrder();
        await page.getByTestId('mark-urgent').click();
        await approve();
        await page.getByTestId('toast').filter({ hasText: words.inFront }).waitFor();
        await page.getByTestId('order-panel').getByText(words.urgent, { exact: true }).first().waitFor();
        await stage.core.setCondition('Cocina', 'ready');
        await stage.core.paper('Cocina', 'Arroz con coco');
        await ana.reprint('Cocina', number);
        await approve();
        await stage.core.paper('Cocina', 'REIMPRESIÓN 2', `#${number}`);
      });

      step('has a product in halves, as it was asked for', async () => {
        const { page } = ana;
        await ana.pick('Postres', '806');
        await page.getByTestId('product-sheet').getByText(words.halves).waitFor();
        for (const flavour of ['Chocolate', 'Coco']) await page.getByTestId(`modifier-${flavour}`).click();
        await inspect(page, `a product in halves, in ${language}`);
        await page.getByTestId('sheet-done').click();
        await ana.cart.getByText('½ Chocolate · ½ Coco').waitFor();
        await ana.sendOrder();
        await stage.core.paper('Postres', '½ Chocolate', '½ Coco');
      });
    });

    describe(`taking a sent line back, in ${language}`, () => {
      const step = journey();
      /** @type {import('../lib/till.js').Till} */
      let ana;

      before(async () => {
        ana = await stage.till('Ana', { language, reducedMotion: 'reduce' });
        await ana.openTable('3');
        for (const code of ['502', '503', '504']) await ana.pick('Acompañamientos', code);
        await ana.sendOrder();
        await ana.tick('Yuca frita', 'printed', 'seen');
      });
      after(() => ana?.page.context().close());

      /** Waits until Ana sees that a line is void. @param {string} name */
      const isVoid = (name) => ana.sent(name).getByText(words.voided).first().waitFor();

      step(
        'takes a manager’s PIN on the screen of a waiter, which a wrong one leaves as it was',
        async () => {
          const { page } = ana;
          await ana.sent('Arroz con coco').getByRole('button').first().click();
          assert.match(await ana.sent('Arroz con coco').innerText(), words.needed);
          await page.getByTestId('void-line').click();
          const sheet = page.getByTestId('void-sheet');
          const hint = sheet.getByTestId('approval-hint');
          await sheet.getByTestId('approver-Jorge').click();
          assert.deepEqual(missing(await sheet.innerText(), ...words.approval), []);
          await page.keyboard.type(PINS.Jorge);
          await sheet.getByTestId('void-reason').first().click();
          await hint.filter({ hasText: words.pinOf }).waitFor();
          await inspect(page, `a void that somebody has to approve, in ${language}`);
          await page.keyboard.type('0000');
          await sheet.getByTestId('void-problem').filter({ hasText: words.wrong }).waitFor();
          assert.equal(await sheet.getByTestId('void-reason').first().getAttribute('aria-pressed'), 'true');
          await page.keyboard.type(PINS.Jorge);
          await sheet.waitFor({ state: 'detached' });
          await isVoid('Arroz con coco');
          await stage.core.paper('Cocina', 'ANULACIÓN', 'Arroz con coco');
        },
      );

      step('is four taps for the cashier, and the kitchen has it on paper and on screen', async () => {
        const [luisa, cook] = await Promise.all([
          stage.till('Luisa', { language }),
          stage.kitchen('Cocina', { language }),
        ]);
        await luisa.openTable('3');
        await luisa.sent('Yuca frita').waitFor();
        const taps = await countTaps(luisa.page);
        await luisa.sent('Yuca frita').getByRole('button').first().click();
        await luisa.page.getByTestId('void-line').click();
        await luisa.page.getByTestId('void-reason').first().click();
        await luisa.page.getByTestId('confirm-void').click();
        const { text } = await stage.core.paper('Cocina', 'ANULACIÓN', 'Yuca frita');
        assert.equal(await taps(), 4, 'the line, what, why, and that it is meant');
        const number = /#(\d+)/.exec(text)?.[1] ?? '';
        assert.ok(!says(text, 'Papa criolla'), 'only the line that was taken back');
        const card = cook.ticket(number);
        await card.waitFor();
        assert.equal(await card.getAttribute('data-kind'), 'void');
        assert.deepEqual(missing(await card.innerText(), ...words.card, 'Yuca frita'), []);
        await isVoid('Yuca frita');
      });
    });
  });
}
