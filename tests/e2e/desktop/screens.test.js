/**
 * Windows beside the till with screens of their own: they go there by themselves and fill them, survive that one is pulled
 * out, do not take each other's, and are there again after a restart. What stands on a screen that nobody sees is not seen.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { Desktop } from '../lib/desktop.js';
import { journey } from '../lib/journey.js';
import { outFolder, temporaryFolder } from '../lib/paths.js';
import { Screens } from '../lib/screens.js';
import { until } from '../lib/until.js';

describe('the windows beside the till and their screens', () => {
  const step = journey();
  /** @type {Screens} */
  let screens;
  /** @type {Desktop} */
  let desktop;
  /** @type {{ folder: string, remove: () => Promise<void> }} */
  let data;
  /** The first ticket, as the kitchen's window names it. */
  let ticket = '';

  before(async () => {
    screens = await Screens.start();
    data = await temporaryFolder();
  });
  after(async () => {
    await desktop?.stop();
    await screens?.stop();
    await data?.remove();
  });

  const open = async () => {
    desktop = await Desktop.start({ data: path.join(data.folder, 'data'), display: screens.env });
    await desktop.focus('main');
  };
  /** @param {import('../lib/desktop.js').Role} role */
  const area = async (role) => {
    await desktop.focus(role);
    return desktop.area();
  };
  /** @param {'kitchen' | 'guests'} role @param {number} [at] */
  const fills = (role, at = Screens[role].x) =>
    until(`the window of the ${role} fills its screen`, async () => {
      const { x, width, height } = await area(role);
      return x === at && width === Screens[role].width && height === Screens[role].height;
    });
  const isBesideTheTill = () =>
    until('the kitchen is on the till’s screen and does not cover it', async () => {
      const { x, y, width, height } = await area('kitchen');
      const isThere = x >= 0 && y >= 0 && x < Screens.kitchen.x;
      return isThere && x + width <= Screens.kitchen.x && height < 1080;
    });

  /** Orders for a table, and gives the kitchen's ticket. @param {string} table @param {string} product */
  const order = async (table, product) => {
    await desktop.focus('main');
    await desktop.click('nav-tables');
    await desktop.click(`table-${table}`);
    await desktop.click('category-Acompañamientos');
    await desktop.click(`product-${product}`);
    await desktop.find('cart-line');
    await desktop.click('send-order');
    const row = desktop.driver.$('[data-testid^="ticket-"][data-station="Cocina"]');
    await row.waitForDisplayed();
    const number = ((await row.getAttribute('data-testid')) ?? '').replace('ticket-', '');
    return `ticket-${Number(number)}`;
  };
  /** Whether the kitchen has seen the order in hand. */
  const isSeen = async () => {
    await desktop.focus('main');
    return desktop.driver.$('[data-testid="tick"][data-tick="seen"]').isExisting();
  };
  /** @param {string} testid */
  const isThere = (testid) => desktop.driver.$(`[data-testid="${testid}"]`).isDisplayed();

  step('is a window beside the till where there is one screen', async () => {
    await open();
    await desktop.signIn('Camila', '1111');
    await desktop.click('nav-kitchen');
    const { x, width } = await area('kitchen');
    assert.ok(x + width <= Screens.kitchen.x, `${x} + ${width}`);
    await desktop.signIn('Cocina', '6666');
    await desktop.click('station-Cocina');
    await desktop.find('nothing-to-do');
  });

  step('fills another one as soon as it is plugged in, and leaves the till where it is', async () => {
    const before = await area('main');
    await screens.plug(Screens.kitchen);
    await fills('kitchen');
    assert.deepEqual(await area('main'), before);
  });

  step('is as large as a person wants at a key, and fills its screen again at the same one', async () => {
    await desktop.focus('kitchen');
    await desktop.driver.keys('F11');
    await until('it is smaller', async () => (await desktop.area()).height < Screens.kitchen.height);
    await desktop.driver.keys('F11');
    await fills('kitchen');
  });

  step('has what stands on it seen', async () => {
    ticket = await order('12', '502');
    await desktop.focus('kitchen');
    await desktop.find(ticket);
    await until('the till knows it', isSeen);
  });

  step('is a window again, wholly on the screen that is left, when that one is pulled out', async () => {
    await screens.unplug(Screens.kitchen);
    await isBesideTheTill();
    await desktop.find('stranded');
    assert.match(await desktop.says('stranded'), /perdió su monitor/);
    await desktop.focus('main');
    assert.match(await desktop.says('screen-lost-kitchen'), /La pantalla de cocina se desconectó/);
    await desktop.picture(path.join(await outFolder(), 'screens-lost.png'));
  });

  step('has nothing seen there until somebody comes to it', async () => {
    const missed = await order('5', '503');
    await desktop.focus('kitchen');
    await desktop.find(missed);
    await desktop.focus('main');
    await desktop.driver.$('[data-testid="tick"][data-tick="printed"]').waitForExist();
    assert.equal(await isSeen(), false);
    await desktop.click('show-kitchen');
    await until('the till knows that it is seen', isSeen);
    assert.equal(await isThere('screen-lost-kitchen'), false);
    await desktop.focus('kitchen');
    assert.equal(await isThere('stranded'), false);
  });

  step('fills it again when it is back', async () => {
    await screens.plug(Screens.kitchen);
    await fills('kitchen');
  });

  step('leaves the guests’ window a screen of its own, where they see their order', async () => {
    await screens.plug(Screens.guests);
    await desktop.focus('main');
    await desktop.click('user-menu');
    await desktop.click('open-guests');
    await fills('guests');
    await until('the order is on it', async () => /Yuca frita/.test(await desktop.says('guest-line')));
    await desktop.picture(path.join(await outFolder(), 'screens-guests.png'));
    await fills('kitchen');
  });

  step('takes no other’s screen while its own is gone, and finds its own in another place', async () => {
    await screens.unplug(Screens.kitchen);
    await screens.plug(Screens.guests, Screens.kitchen.x);
    await isBesideTheTill();
    await fills('guests', Screens.kitchen.x);
    await screens.plug(Screens.kitchen, Screens.kitchen.x + Screens.guests.width);
    await fills('kitchen', Screens.kitchen.x + Screens.guests.width);
    await fills('guests', Screens.kitchen.x);
  });

  step('is on it again after a restart, with its tickets and without being asked for', async () => {
    await desktop.stop();
    await open();
    await until('all are open', async () => (await desktop.windows()).join() === 'guests,kitchen,main');
    await fills('guests', Screens.kitchen.x);
    await fills('kitchen', Screens.kitchen.x + Screens.guests.width);
    await desktop.find(ticket);
    await desktop.picture(path.join(await outFolder(), 'screens-kitchen.png'));
  });
});

describe('a house that was founded with a second screen', () => {
  const step = journey();
  /** @type {Screens} */
  let screens;
  /** @type {Desktop} */
  let desktop;

  before(async () => {
    screens = await Screens.start();
    await screens.plug(Screens.kitchen);
  });
  after(async () => {
    await desktop?.stop();
    await screens?.stop();
  });

  step('has the kitchen’s window there as soon as somebody is in', async () => {
    desktop = await Desktop.start({ demo: false, display: screens.env });
    await desktop.click('next');
    await (await desktop.find('house-name')).setValue('La Esquina');
    await desktop.click('next');
    await (await desktop.find('admin-name')).setValue('Rosa');
    for (const field of ['admin-pin', 'admin-pin-again']) await (await desktop.find(field)).setValue('2468');
    await desktop.click('found');
    await desktop.focus('main');
    assert.deepEqual(await desktop.windows(), ['main'], 'and not before');
    await desktop.focus('main');
    await desktop.signIn('Rosa', '2468');
    await until('it is there', async () => {
      const { x, width } = (await desktop.focus('kitchen'), await desktop.area());
      return x === Screens.kitchen.x && width === Screens.kitchen.width;
    });
  });
});
