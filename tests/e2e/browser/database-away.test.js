/**
 * A database server that stops while the tills are open: said as what it is and not as a lost connection, nothing
 * typed is lost, and what was sent meanwhile goes out by itself, once. The till is in Spanish, the kitchen in English.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { accessibilityFindings } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { outFolder } from '../lib/paths.js';
import { Postgres } from '../lib/postgres.js';
import { Stage } from '../lib/stage.js';

const PRODUCT = 'Papa criolla';

describe('a database server that stops', () => {
  const step = journey();
  /** @type {Postgres} */
  let server;
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  /** @type {import('../lib/kitchen.js').Kitchen} */
  let cook;
  /** @type {string} */
  let out;

  before(async () => {
    out = await outFolder();
    server = await Postgres.start();
    stage = await Stage.open(server.url);
    ana = await stage.till('Ana');
    cook = await stage.kitchen('Cocina', { language: 'en' });
    await ana.openTable('7');
    await ana.pick('Acompañamientos', '502');
    await ana.total('11.500');
  });
  after(async () => {
    await stage?.close();
    await server?.stop();
  });

  step('is said on every screen, and not as a lost connection', async () => {
    await server.cut();
    await Promise.all([ana.storeAway.waitFor(), cook.storeAway.waitFor()]);
    assert.match(await ana.storeAway.innerText(), /base de datos[\s\S]*desde las[\s\S]*servidor/i);
    assert.match(await cook.storeAway.innerText(), /No database[\s\S]*since[\s\S]*server/i);
    assert.equal(await ana.disconnected.count(), 0);
    assert.equal(await cook.disconnected.count(), 0);
    assert.deepEqual(await accessibilityFindings(ana.page), []);
    assert.deepEqual(await accessibilityFindings(cook.page), []);
    await ana.page.screenshot({ path: path.join(out, 'store-away-till.png') });
    await cook.page.screenshot({ path: path.join(out, 'store-away-kitchen.png') });
  });

  step('keeps what is typed and what is sent', async () => {
    await ana.send.click();
    await ana.page.getByTestId('send-waiting').waitFor();
    assert.match(await ana.cart.first().innerText(), new RegExp(PRODUCT));
    await ana.page.screenshot({ path: path.join(out, 'store-away-sent.png') });
  });

  step('is over by itself, and the order goes out once', async () => {
    await server.resume();
    await Promise.all([ana, cook].map(({ storeAway }) => storeAway.waitFor({ state: 'detached' })));
    await ana.sent(PRODUCT).waitFor();
    const number = await ana.ticketOf('Cocina');
    await cook.ticket(number).waitFor();
    await stage.core.paper('Cocina', `#${number}`, PRODUCT);
    assert.equal((await stage.core.slips('Cocina', PRODUCT)).length, 1);
    await ana.total('11.500');
  });
});
