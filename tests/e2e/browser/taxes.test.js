/**
 * Taxes on the editor: one more, another rate that the next line at an open till is charged by, and one that is taken
 * away as soon as no product bears it.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { inspect } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { MenuPage } from '../lib/menu-page.js';
import { speak } from '../lib/speak.js';
import { Stage } from '../lib/stage.js';
import { says } from '../lib/words.js';

const SIDES = 'Acompañamientos';
const CREOLE = '502';

const WORDS = {
  es: {
    onTop: '10,5 %, se suma',
    borne: /lo llevan? /,
    unclear: /porcentaje de 0 a 100/,
    taken: /Ya hay un impuesto/,
  },
  en: {
    onTop: '10.5 %, on top',
    borne: /bears? it/,
    unclear: /percentage from 0 to 100/,
    taken: /There is a tax/,
  },
};

for (const language of /** @type {const} */ (['es', 'en'])) {
  const words = WORDS[language];

  describe(`taxes, in ${language}`, () => {
    const step = journey();
    /** @type {Stage} */
    let stage;
    /** @type {import('../lib/till.js').Till} */
    let ana;
    /** @type {MenuPage} */
    let menu;

    const total = async () => {
      await ana.page.locator('[data-testid="order-total"] [aria-busy="true"]').waitFor({ state: 'detached' });
      return Number((await ana.page.getByTestId('order-total').innerText()).replace(/\D/g, ''));
    };

    before(async () => {
      stage = await Stage.open();
      const colorScheme = language === 'es' ? 'light' : 'dark';
      ana = await stage.till('Ana', { colorScheme, reducedMotion: 'reduce' });
      const jorge = await stage.till('Jorge', { colorScheme, reducedMotion: 'reduce' });
      await Promise.all([ana, jorge].map((till) => speak(till.page, language)));
      menu = await MenuPage.open(jorge);
      await menu.show('taxes');
    });
    after(() => stage?.close());

    step('one more is made, and what is wrong with it is said beside it', async () => {
      await menu.root.getByTestId('add-tax').click();
      await menu.fill({ 'tax-name': 'Licores', 'tax-rate': 'mucho' });
      assert.match(await menu.refused('tax', 'tax-rate'), words.unclear);
      await inspect(menu.page, `a tax, in ${language}`);
      await menu.fill({ 'tax-rate': '5' });
      await menu.save('tax');
      await menu.root.getByTestId('tax-card-Licores').waitFor();
      await menu.root.getByTestId('add-tax').click();
      await menu.fill({ 'tax-name': 'Licores', 'tax-rate': '5' });
      assert.match(await menu.refused('tax', 'tax-name'), words.taken);
      await menu.page.keyboard.press('Escape');
      await inspect(menu.page, `the taxes, in ${language}`);
    });

    step('another rate counts for the next line at an open till', async () => {
      await ana.openTable('5');
      await ana.pick(SIDES, CREOLE);
      const before = await total();
      await ana.sendOrder();
      const card = menu.root.locator('[data-testid^="tax-card-"]').filter({ hasText: '8 %' }).first();
      await card.getByTestId('edit-tax').click();
      await menu.sheet.getByTestId('tax-mode-added').click();
      await menu.fill({ 'tax-name': 'Consumo', 'tax-rate': '10,5' });
      await menu.save('tax');
      const changed = menu.root.getByTestId('tax-card-Consumo');
      assert.ok(says(await changed.innerText(), words.onTop), await changed.innerText());
      await ana.pick(SIDES, CREOLE);
      await ana.page.getByTestId('unsent-total').waitFor();
      const both = before + Math.round(before * 1.105);
      await ana.page.waitForFunction((wanted) => {
        const text = document.querySelector('[data-testid="order-total"]')?.textContent ?? '';
        return Number(text.replace(/\D/g, '')) === wanted;
      }, both);
      await ana.sendOrder();
      assert.equal(await total(), both, 'what was ordered before keeps its tax');
    });

    step('one goes away when no product bears it', async () => {
      await menu.root.getByTestId('tax-card-Consumo').getByTestId('remove-tax').click();
      await menu.sheet.getByTestId('remove-tax-do').click();
      const problem = menu.sheet.getByTestId('remove-tax-problem');
      await problem.waitFor();
      assert.match(await problem.innerText(), words.borne);
      await inspect(menu.page, `a tax that cannot go away, in ${language}`);
      await menu.page.keyboard.press('Escape');
      await menu.root.getByTestId('tax-card-Licores').getByTestId('remove-tax').click();
      await menu.sheet.getByTestId('remove-tax-do').click();
      await menu.root.getByTestId('tax-card-Licores').waitFor({ state: 'detached' });
    });
  });
}
