/**
 * Promise P8 before anybody has signed in: whoever stands at the PIN pad, of the till and of the kitchen, sees that
 * paper does not come out, that turbo is on, that the database is away and that there is no connection, and sees it end.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { inspect, inspectLargeText } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { outFolder } from '../lib/paths.js';
import { Postgres } from '../lib/postgres.js';
import { Stage } from '../lib/stage.js';

const DRINK = 'Agua con gas (500 ml)';

describe('the door', () => {
  const step = journey();
  /** @type {Postgres} */
  let server;
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  /** Whom nobody has signed in to: the people of the till, its PIN pad, and the kitchen. */
  /** @type {import('playwright-core').Page[]} */
  let doors;
  /** @type {string} */
  let out;

  /** @param {string} testid @param {'visible' | 'detached'} [state] */
  const everywhere = (testid, state = 'visible') =>
    Promise.all(doors.map((page) => page.getByTestId(testid).waitFor({ state })));

  before(async () => {
    out = await outFolder();
    server = await Postgres.start();
    stage = await Stage.open(server.url);
    ana = await stage.till('Ana');
    doors = [];
    for (const route of ['/', '/', '/kitchen']) {
      const context = await stage.context({ reducedMotion: 'reduce' });
      const page = await context.newPage();
      await page.goto(stage.core.page(route));
      await page.getByTestId('terminal-Caja 1').click();
      doors.push(page);
    }
    await doors[1]?.getByTestId('user-Jorge').click();
    await everywhere('sign-in');
  });
  after(async () => {
    await stage?.close();
    await server?.stop();
  });

  step('says nothing while all is well', async () => {
    for (const page of doors) {
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
    doors.push(ana.page);
    await everywhere('trouble-Bar');
    for (const page of doors) {
      assert.match(await page.getByTestId('trouble-line').innerText(), /Bar.*sin papel/s);
    }
    const [people] = doors;
    assert.ok(people);
    await inspect(people, 'the door with a printer out of paper');
    await inspectLargeText(people, 'the door with a printer out of paper');
    await people.screenshot({ path: path.join(out, 'door-trouble.png') });
    await stage.core.setCondition('Bar', 'ready');
    await everywhere('trouble-line', 'detached');
    await stage.core.paper('Bar', DRINK);
  });

  step('says that turbo is on', async () => {
    const jorge = await stage.till('Jorge');
    const session = await jorge.page.evaluate(() => localStorage.getItem('fastops.session.main') ?? '');
    const turbo = (/** @type {boolean} */ on) =>
      stage.core.call('set_turbo', { command_id: crypto.randomUUID(), on }, session);
    await turbo(true);
    await everywhere('turbo');
    await turbo(false);
    await everywhere('turbo', 'detached');
    await jorge.page.context().close();
  });

  step('says that the database is away, and since when, and not that the connection is lost', async () => {
    await server.cut();
    await everywhere('store-away');
    for (const page of doors) {
      const said = await page.getByTestId('store-away').innerText();
      assert.match(said, /base de datos[\s\S]*desde las \d\d:\d\d/i);
      assert.equal(await page.getByTestId('disconnected').count(), 0);
    }
    const [, pad] = doors;
    assert.ok(pad);
    await inspect(pad, 'the PIN pad without the database');
    await pad.screenshot({ path: path.join(out, 'door-store-away.png') });
    await server.resume();
    await everywhere('store-away', 'detached');
  });

  step('says that there is no connection, and lets people in again when there is', async () => {
    await stage.core.cut();
    await everywhere('disconnected');
    for (const page of doors) {
      assert.match(await page.getByTestId('disconnected').innerText(), /Sin conexión.*desde las \d\d:\d\d/);
      assert.equal(await page.getByTestId('trouble-line').count(), 0, 'of paper nobody knows');
    }
    const [, , kitchen] = doors;
    assert.ok(kitchen);
    await inspect(kitchen, 'the door of the kitchen without a connection');
    await inspectLargeText(kitchen, 'the door of the kitchen without a connection');
    await stage.core.resume();
    await everywhere('disconnected', 'detached');
    for (const digit of '4444') await ana.page.getByTestId(`pin-${digit}`).click();
    await ana.page.getByTestId('user-menu').waitFor();
  });
});
