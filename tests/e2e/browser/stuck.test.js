/**
 * Tickets that need a person: listed with what is wrong and what to do, tried again or given up with a reason by
 * whoever may steer the queue, who reads English here, and only seen by everyone else, who reads Spanish.
 */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { journey } from '../lib/journey.js';
import { outFolder } from '../lib/paths.js';
import { QueuePanel } from '../lib/queue-panel.js';
import { Stage } from '../lib/stage.js';

const DRINK = 'Agua con gas (500 ml)';
/** The smallest height or width of what a finger presses. */
const TOUCH = 44;

describe('tickets that need a person', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  /** @type {import('../lib/till.js').Till} */
  let camila;
  /** @type {QueuePanel} */
  let panel;
  let number = '';

  before(async () => {
    stage = await Stage.open();
    ana = await stage.till('Ana');
    camila = await stage.till('Camila', { language: 'en' });
  });
  after(() => stage?.close());

  /** @param {string} name */
  async function picture(name) {
    const file = path.join(await outFolder(), `${name}.png`);
    await writeFile(file, await camila.page.screenshot());
  }

  step('are listed with what is wrong and what to do', async () => {
    await stage.core.setCondition('Bar', 'paper_out');
    await ana.openTable('5');
    await ana.pick('Bebidas', '607');
    await ana.sendOrder();
    await ana.tick(DRINK, 'problem');
    number = await ana.ticketOf('Bar');
    panel = await QueuePanel.open(camila);
    const text = await panel.stuck(number).innerText();
    assert.match(text, /Out of paper at Bar: change the roll/);
    assert.match(text, /Held up/);
  });

  step('have buttons that a finger hits, and a keyboard reaches', async () => {
    for (const button of [panel.retry(number), panel.clear(number)]) {
      const box = await button.boundingBox();
      assert.ok(box && box.height >= TOUCH && box.width >= TOUCH, JSON.stringify(box));
    }
    await panel.retry(number).focus();
    await camila.page.keyboard.press('Tab');
    assert.equal(await panel.clear(number).evaluate((button) => button === document.activeElement), true);
    await picture('stuck-panel');
  });

  step('are only seen by whoever may not steer', async () => {
    const seen = await QueuePanel.open(ana);
    const text = await seen.stuck(number).innerText();
    assert.match(text, /Sin papel en Bar: cambie el rollo/);
    assert.match(text, /Detenida/);
    assert.equal(await seen.retry(number).count(), 0);
    assert.equal(await seen.clear(number).count(), 0);
    await seen.close();
  });

  step('are given up with a reason, and gone from every list', async () => {
    await panel.clear(number).click();
    const sheet = camila.page.getByTestId('clear-sheet');
    assert.equal(await sheet.getByTestId('confirm-clear').isDisabled(), true, 'not without a reason');
    await sheet.getByTestId('clear-reason').first().click();
    await picture('stuck-clear');
    await sheet.getByTestId('confirm-clear').click();
    await panel.stuck(number).waitFor({ state: 'detached' });
    await stage.core.setCondition('Bar', 'ready');
  });

  step('come out at once when they are tried again', async () => {
    await stage.core.setCondition('Bar', 'paper_out');
    await ana.pick('Bebidas', '607');
    await ana.sendOrder();
    const second = await panel.anyStuck();
    await stage.core.setCondition('Bar', 'ready');
    const waiting = panel.retry(second);
    // The lane may have been faster than the finger.
    if ((await waiting.count()) > 0) await waiting.click({ timeout: 5_000 }).catch(() => undefined);
    await stage.core.paper('Bar', DRINK, `#${second}`);
    await panel.stuck(second).waitFor({ state: 'detached' });
    const given = await stage.core.slips('Bar', DRINK, `#${number}`);
    assert.deepEqual(given, [], 'what was given up never comes out');
  });

  step('leave a word on what the start of the program found', async () => {
    await panel.sheet.getByTestId('start-report').filter({ hasText: 'the start took' }).waitFor();
    await picture('start-report');
  });
});
