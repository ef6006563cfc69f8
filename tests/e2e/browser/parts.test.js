/**
 * A bill in parts, by two people in two languages: two taps for equal parts, a line that some share, each part on its own
 * paper, and whole again. Whoever looks at the order sees it at once.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Hands } from '../lib/hands.js';
import { inspect } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { Stage } from '../lib/stage.js';
import { countTaps } from '../lib/taps.js';
import { says } from '../lib/words.js';

describe('a bill in parts', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  /** @type {import('../lib/till.js').Till} */
  let luis;

  before(async () => {
    stage = await Stage.open();
    ana = await stage.till('Ana', { reducedMotion: 'reduce' });
    luis = await stage.till('Luis', { colorScheme: 'dark', reducedMotion: 'reduce' });
    await luis.page.getByTestId('user-menu').click();
    await luis.page.getByTestId('language-en').click();
    await luis.page.getByTestId('close-sheet').click();
    await ana.openTable('7');
    await ana.pick('Acompañamientos', '502');
    await ana.pick('Acompañamientos', '503');
    await ana.sendOrder();
  });
  after(() => stage?.close());

  /** Waits until the strip says this. @param {import('../lib/till.js').Till} till @param {string} words */
  async function strip(till, words) {
    await till.page.getByTestId('parts-strip').filter({ hasText: words }).waitFor();
  }

  /** Waits until the sheet says what so many parts pay. @param {import('../lib/till.js').Till} till @param {number} count */
  async function amounts(till, count) {
    await till.page
      .getByTestId('part-amount')
      .nth(count - 1)
      .waitFor();
    assert.equal(await till.page.getByTestId('part-amount').count(), count);
  }

  step('is two taps away, and the other till sees it', async () => {
    await luis.openTable('7');
    const taps = await countTaps(ana.page);
    await ana.page.getByTestId('divide-bill').click();
    await amounts(ana, 2);
    await ana.page.getByTestId('parts-save').click();
    await strip(ana, 'Cuenta en 2 partes');
    assert.equal(await taps(), 2);
    await strip(luis, 'Bill in 2 parts');
    await luis.sent('Papa criolla').getByTestId('line-share').getByText('1/2 each').waitFor();
  });

  step('is divided otherwise by somebody else, with a line that two of three share', async () => {
    await new Hands(luis).menu('parts');
    await luis.page.getByTestId('parts-count-more').click();
    await amounts(luis, 3);
    await luis.page.getByTestId('share-line').filter({ hasText: 'Papa criolla' }).click();
    for (const part of ['share-1', 'share-3']) await luis.page.getByTestId(part).click();
    await luis.page.getByTestId('share-who').filter({ hasText: '1 · 3' }).waitFor();
    await luis.page.getByTestId('share-uneven').click();
    await luis.page.getByTestId('weight-3-more').click();
    await luis.page.getByTestId('share-who').filter({ hasText: '1 × 1 · 3 × 2' }).waitFor();
    await luis.page.locator('[data-testid="part-amounts"][aria-busy="false"]').waitFor();
    await inspect(luis.page, 'a bill that is divided, in English');
    await luis.page.getByTestId('parts-save').click();
    await strip(ana, 'Cuenta en 3 partes');
    const shares = { 'Papa criolla': 'Parte 1: 1/3 · Parte 3: 2/3', 'Yuca frita': '1/3 cada una' };
    for (const [name, share] of Object.entries(shares)) {
      await ana.sent(name).getByTestId('line-share').getByText(share).waitFor();
    }
  });

  step('comes out part by part', async () => {
    await ana.page.getByTestId('print-part-3').click();
    const where = ana.page.getByTestId('where-sheet');
    await where.getByRole('button', { name: 'Bar' }).click();
    const { text } = await stage.core.paper('Bar', 'Parte 3 de 3');
    assert.ok(
      says(text, 'Papa criolla', '2/3 de', 'Yuca frita', '1/3 de', 'SU PARTE', 'Toda la cuenta'),
      text,
    );
    await ana.page.locator('[data-testid="part-paper"][data-state="printed"]').waitFor();
    await inspect(ana.page, 'an order with parts, in Spanish');
  });

  step('is whole again, for everybody', async () => {
    await ana.page.getByTestId('parts-change').click();
    await ana.page.getByTestId('parts-join').click();
    for (const till of [ana, luis]) await till.page.getByTestId('parts-strip').waitFor({ state: 'detached' });
  });
});
