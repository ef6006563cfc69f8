/**
 * Promise P14 at the door: a PIN opens the till of its owner and of nobody else, guessing ends in a pause
 * that is said in words, and a session outlives a reload. In both languages.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LANGUAGES } from '../lib/speak.js';
import { Stage } from '../lib/stage.js';
import { PINS, signIn, Till, typePin } from '../lib/till.js';
import { until } from '../lib/until.js';

const WRONG = '9876';
const TRIES = 5;

const WORDS = {
  es: {
    wrong: /PIN incorrecto/,
    wait: /Espere \d+ segundos/,
    link: 'abra la dirección que mostró al arrancar',
    kitchen: 'Su puesto es la cocina',
  },
  en: {
    wrong: /Wrong PIN/,
    wait: /Wait \d+ seconds/,
    link: 'open the address that it printed at the start',
    kitchen: 'Your place is the kitchen',
  },
};

/** Who forgets their PIN: each language somebody else. */
const FORGETFUL = { es: /** @type {const} */ ('Luis'), en: /** @type {const} */ ('Jorge') };

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

for (const language of LANGUAGES) {
  const words = WORDS[language];

  describe(`signing in, in ${language}`, () => {
    it('ends in a pause after five wrong PINs, and says so', async () => {
      const context = await stage.context({ language });
      const page = await context.newPage();
      await page.goto(stage.core.url);
      await signIn(page, FORGETFUL[language], WRONG);
      const problem = page.getByTestId('sign-in-problem');
      await problem.waitFor();
      const seen = [await problem.innerText()];
      for (let tried = 1; tried < TRIES; tried += 1) {
        await typePin(page, WRONG);
        seen.push(
          await until('the answer to this PIN is shown', async () => {
            const text = await problem.innerText();
            return text === seen.at(-1) ? null : text;
          }),
        );
      }
      assert.equal(new Set(seen).size, TRIES, 'each try says something else: how many are left');
      assert.match(seen[0] ?? '', words.wrong);
      assert.match(seen[TRIES - 1] ?? '', words.wait);
      await typePin(page, PINS[FORGETFUL[language]]);
      await until('also the right PIN has to wait', async () => words.wait.test(await problem.innerText()));
      assert.equal(await page.getByTestId('floor').count(), 0);
      await context.close();
    });

    it('lets others in meanwhile, and keeps the session over a reload', async () => {
      const till = await stage.till('Ana', { language });
      await till.page.reload();
      await till.floor.waitFor();
      assert.equal(await till.page.getByTestId('sign-in').count(), 0);
      assert.match(await till.page.getByTestId('user-menu').innerText(), /Ana/);
      assert.ok(!till.page.url().includes('token'), 'the token does not stay in the address bar');
      await till.page.context().close();
    });

    it('shows a stranger without the token nothing but a sentence', async () => {
      const context = await stage.context({ language });
      const page = await context.newPage();
      const address = new URL(stage.core.url);
      address.search = '';
      await page.goto(address.href);
      await page.getByTestId('unreachable').getByText(words.link).waitFor();
      assert.equal(await page.getByTestId('user-Ana').count(), 0);
      await context.close();
    });

    it('keeps the kitchen’s user away from orders', async () => {
      const context = await stage.context({ language });
      const page = await context.newPage();
      await page.goto(stage.core.url);
      await signIn(page, 'Cocina');
      await page.getByTestId('user-menu').waitFor();
      await page.getByText(words.kitchen).waitFor();
      assert.equal(await new Till(page).floor.count(), 0);
      await context.close();
    });
  });
}
