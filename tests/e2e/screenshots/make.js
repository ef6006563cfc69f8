/**
 * Makes every picture of the documentation anew from the real program: the screens, which the tests hold against what is
 * drawn later, a kitchen ticket, and the window of a start that failed.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Desktop } from '../lib/desktop.js';
import { Gallery } from '../lib/gallery.js';
import { documentationPictures } from '../lib/paths.js';
import { ClosedShop } from '../lib/shop.js';
import { drawAll } from '../pictures/draw.js';
import { House } from '../pictures/house.js';

/** @param {string} name @param {Buffer} picture */
async function save(name, picture) {
  await writeFile(path.join(await documentationPictures(), `${name}.png`), picture);
  console.log(`docs/screenshots/${name}.png`);
}

/** @param {import('../lib/core.js').Core} core */
async function makeTicket(core) {
  const slip = await core.paper('Cocina', 'Mesa 12', 'Punta de anca');
  await save('ticket', await core.slipPicture('Cocina', slip.number));
}

/** The window that offers the last backup of damaged data. */
async function makeRecovery() {
  const shop = await ClosedShop.make();
  try {
    await shop.damage();
    const desktop = await Desktop.start({ data: shop.folder });
    try {
      await desktop.find('offer');
      await save('recovery', Buffer.from(await desktop.driver.takeScreenshot(), 'base64'));
    } finally {
      await desktop.stop();
    }
  } finally {
    await shop.remove();
  }
}

const gallery = new Gallery({ accept: true });
const house = await House.open();
try {
  await gallery.meet(house.drawnBy);
  await makeTicket(house.core);
  await drawAll(house, gallery);
} finally {
  await house.close();
}
for (const name of gallery.changed) console.log(`docs/screenshots/${name}.png`);
await makeRecovery();
