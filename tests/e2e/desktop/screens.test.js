/**
 * The kitchen's window with a screen of its own: it goes there by itself, fills it, survives that it is pulled out, and is
 * there again after a restart.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { Desktop } from '../lib/desktop.js';
import { journey } from '../lib/journey.js';
import { outFolder, temporaryFolder } from '../lib/paths.js';
import { Screens } from '../lib/screens.js';
import { until } from '../lib/until.js';

describe('the kitchen’s window and its screen', () => {
  const step = journey();
  /** @type {Screens} */
  let screens;
  /** @type {Desktop} */
  let desktop;
  /** @type {{ folder: string, remove: () => Promise<void> }} */
  let data;

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
  const fillsItsScreen = () =>
    until('the kitchen fills its screen', async () => {
      const { x, width, height } = await area('kitchen');
      const { kitchen } = Screens;
      return x === kitchen.x && width === kitchen.width && height === kitchen.height;
    });

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
    await screens.plug();
    await fillsItsScreen();
    assert.deepEqual(await area('main'), before);
  });

  step('is a window again, wholly on the screen that is left, when that one is pulled out', async () => {
    await screens.unplug();
    await until('the kitchen is on the till’s screen and does not cover it', async () => {
      const { x, y, width, height } = await area('kitchen');
      const isThere = x >= 0 && y >= 0 && x < Screens.kitchen.x;
      return isThere && x + width <= Screens.kitchen.x && height < 1080;
    });
    await desktop.find('nothing-to-do');
  });

  step('fills it again when it is back', async () => {
    await screens.plug();
    await fillsItsScreen();
  });

  step('is on it again after a restart, without being asked for', async () => {
    await desktop.stop();
    await open();
    await until('both are open', async () => (await desktop.windows()).join() === 'kitchen,main');
    await fillsItsScreen();
    await desktop.picture(path.join(await outFolder(), 'screens-kitchen.png'));
  });
});
