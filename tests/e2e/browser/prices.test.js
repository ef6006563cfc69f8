/**
 * Other prices for a while: a list is made on the editor, an open till shows the new price with its reason and says it
 * of what is in its cart, sells at it, and has the old one back when the list is gone. Favourites stand first.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { inspect } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { MenuPage } from '../lib/menu-page.js';
import { speak } from '../lib/speak.js';
import { Stage } from '../lib/stage.js';
import { until } from '../lib/until.js';
import { says } from '../lib/words.js';

const BAR = 'Cocteles y cervezas';
const MOJITO = '705';

const WORDS = {
  es: {
    list: 'Hora feliz',
    half: '15.500',
    usual: '31.000',
    rounded: '8.334',
    was: 'era 31.000',
    counts: 'Rige ahora',
    clash: 'igual prioridad',
    taken: /Ya hay una lista de precios llamada/,
    favourites: 'Favoritos',
  },
  en: {
    list: 'Happy hour',
    half: '15,500',
    usual: '31,000',
    rounded: '8,334',
    was: 'it was 31,000',
    counts: 'Counts now',
    clash: 'the same priority',
    taken: /There is a price list called/,
    favourites: 'Favourites',
  },
};

for (const language of /** @type {const} */ (['es', 'en'])) {
  const words = WORDS[language];

  describe(`prices for a while, in ${language}`, () => {
    const step = journey();
    /** @type {Stage} */
    let stage;
    /** @type {import('../lib/till.js').Till} */
    let ana;
    /** @type {MenuPage} */
    let menu;

    before(async () => {
      stage = await Stage.open();
      const colorScheme = language === 'es' ? 'light' : 'dark';
      ana = await stage.till('Ana', { colorScheme, reducedMotion: 'reduce' });
      const jorge = await stage.till('Jorge', { colorScheme, reducedMotion: 'reduce' });
      await Promise.all([speak(ana.page, language), speak(jorge.page, language)]);
      menu = await MenuPage.open(jorge);
    });
    after(() => stage?.close());

    step('favourites stand first, and a product becomes one with a switch', async () => {
      await ana.openTable('5');
      const first = ana.page.getByTestId('menu').locator('nav button').first();
      assert.equal((await first.innerText()).trim(), words.favourites);
      assert.equal(await first.getAttribute('aria-current'), 'true');
      assert.equal(await ana.page.getByTestId(`product-${MOJITO}`).count(), 0);
      await menu.edit(BAR, MOJITO);
      await menu.sheet.getByTestId('product-favourite').click();
      await menu.save('product-setup');
      await ana.page.getByTestId(`product-${MOJITO}`).waitFor();
    });

    step('a list is made of a category with so much off, and corrected', async () => {
      await ana.pick(BAR, MOJITO);
      await ana.total(words.usual);
      await menu.show('prices');
      await menu.root.getByTestId('add-first-list').click();
      await menu.fill({ 'list-name': words.list, 'discount-percent': '33,33' });
      await menu.sheet.getByTestId('discount-category').selectOption({ label: BAR });
      await menu.sheet.getByTestId('discount').click();
      const beer = menu.sheet.getByTestId('price-Cerveza roja (330 ml)');
      await beer.waitFor();
      assert.equal(await beer.inputValue(), words.rounded);
      await menu.fill({ 'price-Mojito': words.half });
      // The whole of every day: it counts whenever this runs.
      await menu.sheet.getByTestId('list-when-some').click();
      for (const day of [1, 2, 3, 4, 6, 7]) await menu.sheet.getByTestId(`hours-1-day-${day}`).click();
      await menu.fill({ 'hours-1-from': '00:00', 'hours-1-to': '' });
      await menu.refused('price-list', 'hours');
      await menu.fill({ 'hours-1-to': '00:00' });
      await inspect(menu.page, `a price list, in ${language}`);
      await menu.save('price-list');
      await menu.root.getByTestId(`list-${words.list}`).getByText(words.counts).waitFor();
    });

    step('an open till shows it with its reason, and says it of its cart', async () => {
      const tile = ana.page.getByTestId(`product-${MOJITO}`);
      await tile.getByText(words.half).waitFor();
      const other = await ana.page.getByTestId('product-702').innerText();
      assert.ok(says(other, words.list, words.rounded), other);
      await ana.total(words.half);
      const line = await ana.cart.innerText();
      assert.ok(says(line, words.list, words.was, words.half), line);
      assert.ok(says(await ana.cart.getByTestId('ordinary-price').innerText(), words.usual));
      await inspect(ana.page, `a price with its reason, in ${language}`);
      await ana.sendOrder();
      await ana.sent('Mojito').getByText(words.half).waitFor();
      await ana.sent('Mojito').getByTestId('price-reason').getByText(words.list).waitFor();
    });

    step('what is wrong with a list is said beside it, and a clash is told', async () => {
      await menu.root.getByTestId('add-list').click();
      await menu.fill({ 'list-name': words.list });
      assert.match(await menu.refused('price-list', 'list-name'), words.taken);
      await menu.fill({ 'list-name': 'Mojitos' });
      await menu.sheet.getByTestId('add-price-of').selectOption({ label: 'Mojito' });
      await menu.sheet.getByTestId('add-price').click();
      await menu.sheet.getByTestId('list-end-date').click();
      await menu.fill({ 'price-Mojito': words.usual, 'list-end-at': '2099-12-31T23:59' });
      await menu.save('price-list');
      const clash = menu.root.getByTestId('list-Mojitos').getByTestId('clash');
      assert.ok(says(await clash.innerText(), words.list, words.clash), await clash.innerText());
      await inspect(menu.page, `the price lists, in ${language}`);
      await menu.root.getByTestId('list-Mojitos').getByTestId('remove-list').click();
      await menu.sheet.getByTestId('remove-list-do').click();
      await menu.sheet.waitFor({ state: 'detached' });
    });

    step('a price changes from tomorrow with one tap, and not before', async () => {
      await menu.show('products');
      await menu.edit(BAR, '704');
      await menu.fill({ 'product-price': words.usual });
      await menu.sheet.getByTestId('price-since-tomorrow').click();
      await menu.save('product-setup');
      await menu.show('prices');
      await menu.root.getByTestId('preview-tomorrow').click();
      const rows = () => menu.root.getByTestId('price-preview').locator('li').count();
      await until('tomorrow is shown', async () => (await rows()) === 8);
      assert.equal(await menu.root.locator('li[data-testid^="list-"]').count(), 2);
    });

    step('the old price is back when the list is gone; what was sold stays', async () => {
      await menu.root.getByTestId(`list-${words.list}`).getByTestId('remove-list').click();
      await menu.sheet.getByTestId('remove-list-do').click();
      await menu.sheet.waitFor({ state: 'detached' });
      const tile = ana.page.getByTestId(`product-${MOJITO}`);
      await tile.getByTestId('price-reason').waitFor({ state: 'detached' });
      assert.ok(says(await tile.innerText(), words.usual));
      await ana.sent('Mojito').getByText(words.half).waitFor();
      // Also why it was so, and what was usual.
      const sold = await ana.sent('Mojito').innerText();
      assert.ok(says(sold, words.list, words.usual), sold);
    });
  });
}
