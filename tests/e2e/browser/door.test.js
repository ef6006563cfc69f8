/**
 * Promise P8 before anybody has signed in: whoever stands at the PIN pad, of the till and of the kitchen, sees that
 * paper does not come out, that turbo is on, that the database is away and that there is no connection, and sees it end.
 * Each of them in the language of its own screen.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { inspect, inspectLargeText } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { outFolder } from '../lib/paths.js';
import { Postgres } from '../lib/postgres.js';
import { sessionOf } from '../lib/session.js';
import { LANGUAGES } from '../lib/speak.js';
import { Stage } from '../lib/stage.js';
import { PINS, typePin } from '../lib/till.js';

const DRINK = 'Agua con gas (500 ml)';

const WORDS = {
  es: {
    out: /Bar.*sin papel/s,
    away: /base de datos[\s\S]*desde las \d\d:\d\d/i,
    lost: /Sin conexión.*desde las \d\d:\d\d/,
  },
  en: {
    out: /Bar.*out of paper/s,
    away: /database[\s\S]*since \d\d:\d\d/i,
    lost: /No connection.*since \d\d:\d\d/,
  },
};

/** Where each door is in the list: of a language the people, the PIN pad, the kitchen. */
const PEOPLE = 0;
const PAD = { es: 1, en: 4 };
const KITCHEN = { en: 5 };

describe('the door', () => {
  const step = journey();
  /** @type {Postgres} */
  let server;
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  /** Where nobody has signed in, in each language: the people of the till, its PIN pad, and the kitchen. */
  /** @type {{ page: import('playwright-core').Page, words: (typeof WORDS)['es' | 'en'] }[]} */
  let doors;
  /** @type {string} */
  let out;

  /** @param {string} testid @param {'visible' | 'detached'} [state] */
  const everywhere = (testid, state = 'visible') =>
    Promise.all(doors.map(({ page }) => page.getByTestId(testid).waitFor({ state })));

  /** One of the doors. @param {number} n */
  const door = (n) => {
    const found = doors[n];
    assert.ok(found);
    return found.page;
  };

  before(async () => {
    out = await outFolder();
    server = await Postgres.start();
    stage = await Stage.open(server.url);
    ana = await stage.till('Ana');
    doors = [];
    for (const language of LANGUAGES) {
      const context = await stage.context({ language, reducedMotion: 'reduce' });
      for (const route of ['/', '/', '/kitchen']) {
        const page = await context.newPage();
        await page.goto(stage.core.page(route));
        const terminal = page.getByTestId('terminal-Caja 1');
        const anybody = page.getByTestId('user-Jorge');
        await terminal.or(anybody).first().waitFor();
        if (await terminal.isVisible()) await terminal.click();
        await anybody.waitFor();
        doors.push({ page, words: WORDS[language] });
      }
    }
    for (const pad of [PAD.es, PAD.en]) await door(pad).getByTestId('user-Jorge').click();
    await everywhere('sign-in');
  });
  after(async () => {
    await stage?.close();
    await server?.stop();
  });

  step('says nothing while all is well', async () => {
    for (const { page } of doors) {
      for (const testid of ['trouble-line', 'disconnected', 'store-away']) {
        assert.equal(await page.getByTestId(testid).count(), 0, testid);
      }
    }
  });

  step('says in one line which paper does not come out, also on a locked screen', async () => {
    await stage.core.setCondition('Bar', 'paper_out');
    await ana.openTable('5');
    await ana.pick('Bebidas', '607');
    await ana.sendOrder();
    await ana.tick(DRINK, 'problem');
    await ana.page.keyboard.press('F10');
    await ana.page.getByTestId('sign-in').waitFor();
    doors.push({ page: ana.page, words: WORDS.es });
    await everywhere('trouble-Bar');
    for (const { page, words } of doors) {
      assert.match(await page.getByTestId('trouble-line').innerText(), words.out);
    }
    const people = door(PEOPLE);
    await inspect(people, 'the door with a printer out of paper');
    await inspectLargeText(people, 'the door with a printer out of paper');
    await people.screenshot({ path: path.join(out, 'door-trouble.png') });
    await stage.core.setCondition('Bar', 'ready');
    await everywhere('trouble-line', 'detached');
    await stage.core.paper('Bar', DRINK);
  });

  step('says that turbo is on', async () => {
    const session = await sessionOf(stage.core, 'Jorge');
    const turbo = (/** @type {boolean} */ on) =>
      stage.core.call('set_turbo', { command_id: crypto.randomUUID(), on }, session);
    await turbo(true);
    await everywhere('turbo');
    await turbo(false);
    await everywhere('turbo', 'detached');
  });

  step('says that the database is away, and since when, and not that the connection is lost', async () => {
    await server.cut();
    await everywhere('store-away');
    for (const { page, words } of doors) {
      const said = await page.getByTestId('store-away').innerText();
      assert.match(said, words.away);
      assert.equal(await page.getByTestId('disconnected').count(), 0);
    }
    const pad = door(PAD.en);
    await inspect(pad, 'the PIN pad without the database');
    await pad.screenshot({ path: path.join(out, 'door-store-away.png') });
    await server.resume();
    await everywhere('store-away', 'detached');
  });

  step('says that there is no connection, and lets people in again when there is', async () => {
    await stage.core.cut();
    await everywhere('disconnected');
    for (const { page, words } of doors) {
      assert.match(await page.getByTestId('disconnected').innerText(), words.lost);
      assert.equal(await page.getByTestId('trouble-line').count(), 0, 'of paper nobody knows');
    }
    const kitchen = door(KITCHEN.en);
    await inspect(kitchen, 'the door of the kitchen without a connection');
    await inspectLargeText(kitchen, 'the door of the kitchen without a connection');
    await stage.core.resume();
    await everywhere('disconnected', 'detached');
    await typePin(ana.page, PINS.Ana);
    await ana.page.getByTestId('user-menu').waitFor();
  });
});
