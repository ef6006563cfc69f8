/**
 * The guests' window: fed by the main window of the same computer and by nothing else. It shows the order that is being
 * taken, in the words and amounts of the till, then whose house this is and which numbers are ready; and nothing old.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { GuestPage } from '../lib/guest-page.js';
import { accessibilityFindings, overflows, resize } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { Stage } from '../lib/stage.js';
import { typePin } from '../lib/till.js';
import { missing } from '../lib/words.js';

const HOUSE = 'La Candelaria';

/** Everything that is wrong with the window, at every size. @param {import('playwright-core').Page} page */
async function look(page) {
  for (const size of [
    { width: 1024, height: 768 },
    { width: 1920, height: 1080 },
  ]) {
    await resize(page, size);
    assert.deepEqual(await accessibilityFindings(page), []);
    assert.equal(await overflows(page), false);
  }
}

describe('the guests’ window', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let luisa;
  /** @type {GuestPage} */
  let guests;
  /** What it asked of the core. @type {string[]} */
  const asked = [];
  let number = '';

  before(async () => {
    stage = await Stage.open();
    luisa = await stage.till('Luisa', { reducedMotion: 'reduce' });
    luisa.page.context().on('page', (page) => {
      page.on('request', (request) => {
        if (request.url().includes('/api/')) asked.push(request.url());
      });
      page.on('websocket', (socket) => asked.push(socket.url()));
    });
    guests = await GuestPage.open(luisa);
  });
  after(() => stage?.close());

  step('says whose house this is while nothing is taken', async () => {
    await guests.calm.getByText(HOUSE).waitFor();
    assert.equal(await guests.page.locator('html').getAttribute('lang'), 'es');
    await look(guests.page);
  });

  step('shows the order as it is taken, with the total of the till', async () => {
    await luisa.page.getByTestId('nav-take-away').click();
    await luisa.page.getByTestId('new-take_away').click();
    await luisa.pick('Acompañamientos', '502');
    await guests.line('Papa criolla', '1');
    const total = await luisa.page.getByTestId('order-total').locator('.money').innerText();
    await guests.total(total);
    await luisa.pick('Acompañamientos', '502');
    await guests.line('Papa criolla', '2');
    await luisa.pick('Acompañamientos', '503');
    await guests.line('Yuca frita', '1');
    await look(guests.page);
  });

  step('goes on with what was sent', async () => {
    await luisa.sendOrder();
    await guests.line('Papa criolla', '2');
    await guests.line('Yuca frita', '1');
    await luisa.tick('Yuca frita', 'printed');
    number = /#(\d+)/.exec(await luisa.page.getByTestId('order-details').innerText())?.[1] ?? '';
    const text = await guests.page.getByTestId('guest-order').innerText();
    assert.deepEqual(missing(text, 'Su pedido', 'Total'), [], text);
  });

  step('shows nothing of it once it is put down, but that it is being made', async () => {
    await luisa.page.getByTestId('leave-order').click();
    await guests.number('making', number);
    await guests.calm.getByText(HOUSE).waitFor();
    assert.equal(await guests.lines.count(), 0);
    await look(guests.page);
  });

  step('says when a number is ready', async () => {
    const cook = await stage.kitchen('Cocina');
    const card = cook.page.locator('[data-ticket]').first();
    await card.waitFor();
    await card.locator('[data-testid^="bump-"]').click();
    await guests.number('ready', number);
    await look(guests.page);
    await cook.page.context().close();
  });

  step('says of which kind a number is once the same one is called of another kind', async () => {
    assert.equal(await guests.page.getByText('Para llevar').count(), 0);
    await luisa.page.getByTestId('nav-take-away').click();
    await luisa.page.getByTestId('new-counter').click();
    await luisa.pick('Acompañamientos', '503');
    await luisa.sendOrder();
    await luisa.page.getByTestId('order-details').getByText(`#${number} `).waitFor();
    await luisa.page.getByTestId('leave-order').click();
    await guests.kind('making', number, 'Mostrador');
    await guests.kind('ready', number, 'Para llevar');
    await look(guests.page);
  });

  step('speaks and looks as the till does', async () => {
    await luisa.page.getByTestId('user-menu').click();
    await luisa.page.getByTestId('language-en').click();
    await luisa.page.getByTestId('theme-dark').click();
    await luisa.page.getByTestId('close-sheet').click();
    await guests.page.getByText('Ready to pick up').waitFor();
    assert.equal(await guests.page.locator('html').getAttribute('data-theme'), 'dark');
    await luisa.openTable('5');
    await luisa.pick('Acompañamientos', '501');
    await guests.page.getByText('Your order').waitFor();
    await look(guests.page);
  });

  step('calls the numbers that are ready beside the order', async () => {
    await guests.number('ready', number);
    assert.equal(await guests.page.getByTestId('guest-order').getByTestId('guest-ready').count(), 1);
    await resize(guests.page, { width: 768, height: 1024 });
    assert.equal(await overflows(guests.page), false);
    const [order, ready] = await Promise.all(
      ['guest-total', 'guest-ready'].map((part) => guests.page.getByTestId(part).boundingBox()),
    );
    assert.ok(order && ready && order.y + order.height <= ready.y, 'on a screen that stands, below it');
  });

  step(
    'shows no order while the till is locked, goes on calling numbers, and is at once there again',
    async () => {
      await luisa.page.keyboard.press('F10');
      await guests.calm.getByText(HOUSE).waitFor();
      await guests.number('ready', number);
      assert.equal(await guests.lines.count(), 0);
      await typePin(luisa.page, '3333');
      await guests.page.getByText('Your order').waitFor();
    },
  );

  step('shows no old order when the main window has gone without a word', async () => {
    // As when its program ends: it says nothing any more, and not even that.
    await luisa.page.evaluate(() => {
      BroadcastChannel.prototype.postMessage = () => undefined;
    });
    await guests.calm.getByText(HOUSE).waitFor();
    await guests.page.reload();
    await guests.calm.getByText(HOUSE).waitFor();
    assert.equal(await guests.page.locator('html').getAttribute('lang'), 'en');
  });

  step('has asked the core for nothing', () => {
    assert.deepEqual(asked, []);
    return Promise.resolve();
  });
});
