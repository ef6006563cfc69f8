/**
 * A combo: one tap opens it, what is missing is said, each thing in it comes out at its own station, guests see it whole,
 * and it is taken back whole. Whoever manages the house makes one of their own.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { GuestPage } from '../lib/guest-page.js';
import { inspect, inspectLargeText } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { MenuPage } from '../lib/menu-page.js';
import { Stage } from '../lib/stage.js';
import { missing, says } from '../lib/words.js';

const MAINS = 'Platos fuertes';
const COMBO = '310';
const WORDS = {
  es: { missing: 'Falta elegir: Plato', void: 'ANULACIÓN', voided: 'Anulado', empty: 'está vacío' },
  en: { missing: 'Still to choose: Plato', void: 'ANULACIÓN', voided: 'Voided', empty: 'is empty' },
};

for (const language of /** @type {const} */ (['es', 'en'])) {
  const words = WORDS[language];
  /** An amount as it is written in this language. @param {string} amount */
  const money = (amount) => (language === 'es' ? amount : amount.replace('.', ','));

  describe(`combos, in ${language}`, () => {
    const step = journey();
    /** @type {Stage} */
    let stage;
    /** @type {import('../lib/till.js').Till} */
    let till;

    before(async () => {
      stage = await Stage.open();
      const colorScheme = language === 'es' ? 'light' : 'dark';
      till = await stage.till('Jorge', { colorScheme, reducedMotion: 'reduce' });
      await till.page.getByTestId('user-menu').click();
      await till.page.getByTestId(`language-${language}`).click();
      await till.page.getByTestId('close-sheet').click();
    });
    after(() => stage?.close());

    step('says what is missing until all of it is chosen, and survives a reload', async () => {
      const { page } = till;
      await till.openTable('4');
      await till.pick(MAINS, COMBO);
      const done = page.getByTestId('sheet-done');
      assert.equal(await done.innerText(), words.missing);
      await page.getByTestId('option-201').click();
      await page.getByTestId('asked-201').getByTestId('modifier-Media porción').click();
      await page.getByTestId('option-602').click();
      assert.ok(await done.isDisabled(), 'the drink asks for its size');
      await inspect(page, `a combo being chosen, in ${language}`);
      if (language === 'en') await inspectLargeText(page, 'a combo being chosen');
      await page.getByTestId('asked-602').getByTestId('modifier-Vaso').click();
      await done.click();
      await till.total(money('37.500'));
      await page.reload();
      await till.total(money('37.500'));
      const text = await till.cart.innerText();
      assert.deepEqual(
        missing(text, 'Combo ejecutivo', 'Ajiaco santafereño', 'Media porción', money('4.500')),
        [],
      );
      await till.pick(MAINS, COMBO);
      await page.keyboard.press('Escape');
      await till.cart.getByRole('button').first().click();
      await inspect(page, `a combo in the cart, in ${language}`);
    });

    step('comes out at two stations, and guests see it whole', async () => {
      const guests = language === 'es' ? await GuestPage.open(till) : null;
      if (guests) {
        await guests.line('Combo ejecutivo', 'Limonada de coco');
        assert.equal(await guests.lines.count(), 1);
        await guests.page.close();
      }
      await till.sendOrder();
      const kitchen = await stage.core.paper('Cocina', 'Ajiaco', '(Combo ejecutivo)', 'Media porción');
      assert.ok(!says(kitchen.text, 'Limonada'), kitchen.text);
      await stage.core.paper('Bar', 'Limonada de coco', '(Combo ejecutivo)');
      await till.tick('Combo ejecutivo', 'printed', 'seen');
      assert.equal(await till.page.getByTestId('sent-line').count(), 1, 'one line with its parts below');
    });

    step('is taken back whole, with one reason', async () => {
      const { page } = till;
      await till.sent('Combo ejecutivo').getByRole('button').first().click();
      await inspect(page, `a combo that was sent, in ${language}`);
      await page.getByTestId('void-line').click();
      await page.getByTestId('void-reason').first().click();
      await page.getByTestId('confirm-void').click();
      await stage.core.paper('Cocina', words.void, 'Ajiaco');
      await stage.core.paper('Bar', words.void, 'Limonada de coco');
      await till.sent('Combo ejecutivo').getByText(words.voided).waitFor();
    });

    step('is made in the menu editor, and sold at once', async () => {
      const menu = await MenuPage.open(till);
      const { page } = menu;
      await menu.category('Postres').click();
      await menu.root.getByTestId('add-product').click();
      await menu.sheet.getByTestId('product-kind-combo').click();
      await menu.fill({
        'product-name': 'Combo tarde',
        'product-code': '899',
        'product-price': money('20.000'),
      });
      await menu.fill({ 'slot-name-1': 'Postre' });
      assert.match(await menu.refused('product-setup', 'slots'), new RegExp(words.empty));
      await menu.fill({ 'pick-1': 'torta' });
      await page.getByTestId('pick-1').press('Enter');
      await menu.fill({ 'pick-1': '804' });
      await page.getByTestId('pick-1-804').click();
      await menu.fill({ 'choice-surcharge-1-2': money('1.500') });
      await page.getByTestId('slot-1-max-more').click();
      await page.getByTestId('slot-1-repeats').click();
      await inspect(page, `a combo that is made, in ${language}`);
      if (language === 'es') await inspectLargeText(page, 'a combo that is made');
      await menu.save('product-setup');
      await menu.product('899').getByText('Combo', { exact: true }).waitFor();
      await till.openTable('6');
      await till.pick('Postres', '899');
      const twice = page.getByTestId('option-804');
      for (let taps = 0; taps < 3; taps += 1) await twice.click();
      await twice.getByText('× 2').waitFor();
      await inspect(page, `one thing that is chosen twice, in ${language}`);
      await page.getByTestId('sheet-done').click();
      await till.total(money('23.000'));
      assert.deepEqual(missing(await till.cart.innerText(), '2 × Arroz con leche', money('3.000')), []);
      await page.getByTestId('line-edit').click();
      await page.getByTestId('less-804').click();
      await page.getByTestId('sheet-done').click();
      await till.total(money('21.500'));
    });
  });
}
