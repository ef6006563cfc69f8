/**
 * Promise P14 at the door: a PIN opens the till of its owner and of nobody else, guessing ends in a pause
 * that is said in words, and a session outlives a reload.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Stage } from '../lib/stage.js';
import { signIn, Till, typePin } from '../lib/till.js';
import { until } from '../lib/until.js';

const WRONG = '9876';
const TRIES = 5;

describe('signing in', () => {
  /** @type {Stage} */
  let stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage?.close());

  it('ends in a pause after five wrong PINs, and says so', async () => {
    const context = await stage.context();
    const page = await context.newPage();
    await page.goto(stage.core.url);
    await signIn(page, 'Luis', WRONG);
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
    assert.match(seen[0] ?? '', /PIN incorrecto/);
    assert.match(seen[TRIES - 1] ?? '', /Espere \d+ segundos/);
    await typePin(page, '5555');
    await until('also the right PIN has to wait', async () => /Espere/.test(await problem.innerText()));
    assert.equal(await page.getByTestId('floor').count(), 0);
    await context.close();
  });

  it('lets others in meanwhile, and keeps the session over a reload', async () => {
    const till = await stage.till('Ana');
    await till.page.reload();
    await till.floor.waitFor();
    assert.equal(await till.page.getByTestId('sign-in').count(), 0);
    assert.match(await till.page.getByTestId('user-menu').innerText(), /Ana/);
    assert.ok(!till.page.url().includes('token'), 'the token does not stay in the address bar');
    await till.page.context().close();
  });

  it('shows a stranger without the token nothing but a sentence', async () => {
    const context = await stage.context();
    const page = await context.newPage();
    const address = new URL(stage.core.url);
    address.search = '';
    await page.goto(address.href);
    await page.getByTestId('unreachable').waitFor();
    assert.equal(await page.getByTestId('user-Ana').count(), 0);
    await context.close();
  });

  it('keeps the kitchen’s user away from orders', async () => {
    const context = await stage.context();
    const page = await context.newPage();
    await page.goto(stage.core.url);
    await signIn(page, 'Cocina');
    await page.getByTestId('user-menu').waitFor();
    assert.equal(await new Till(page).floor.count(), 0);
    await context.close();
  });
});
