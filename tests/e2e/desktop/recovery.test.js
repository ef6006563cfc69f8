/**
 * Promise R5 in the windows: data that cannot be used is told in a window of its own, nothing is lost by any of
 * its buttons, and the backup that it offers brings the till back.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { promisify } from 'node:util';
import { Desktop } from '../lib/desktop.js';
import { journey } from '../lib/journey.js';
import { outFolder } from '../lib/paths.js';
import { ClosedShop, KEPT, LOST, PRODUCT } from '../lib/shop.js';
import { until } from '../lib/until.js';
import { missing } from '../lib/words.js';

const run = promisify(execFile);

/**
 * What a journey here needs: a shop, and the program on its data, which may be started several times.
 * @param {{ backup?: boolean }} [options]
 */
function stage(options) {
  /** @type {{ shop: ClosedShop, desktop: Desktop, out: string, ends: Array<() => Promise<unknown>> }} */
  const here = /** @type {any} */ ({ ends: [] });
  before(async () => {
    here.out = await outFolder();
    here.shop = await ClosedShop.make(options);
  });
  after(async () => {
    await here.desktop?.stop();
    for (const end of here.ends) await end();
    await here.shop?.remove();
  });
  return here;
}

/** @param {Desktop} desktop */
async function expectTheKeptOrderOnly(desktop) {
  await desktop.focus('main');
  assert.deepEqual(await desktop.windows(), ['kitchen', 'main'], 'the window of the start is gone');
  await desktop.focus('main');
  await desktop.signIn('Ana', '4444');
  await desktop.find('floor');
  const lost = await desktop.find(`table-${LOST}`);
  assert.equal(await lost.getAttribute('data-state'), 'free');
  await desktop.click(`table-${KEPT}`);
  assert.deepEqual(missing(await desktop.says('sent-line'), PRODUCT), []);
}

describe('a damaged file with a backup', () => {
  const step = journey();
  const here = stage();
  /** @type {Buffer} */
  let damaged;

  step('opens a window that says what happened and what can be had back', async () => {
    damaged = await here.shop.damage();
    here.desktop = await Desktop.start({ data: here.shop.folder });
    assert.deepEqual(await here.desktop.windows(), ['start'], 'and no till');
    const { desktop } = here;
    assert.deepEqual(missing(await desktop.says('start-title'), 'dañados'), []);
    const offer = await desktop.says('offer');
    assert.deepEqual(
      missing(offer, 'buen estado', 'N.º 1', 'menos de un minuto', 'Nada se borra'),
      [],
      offer,
    );
    await desktop.picture(path.join(here.out, 'recovery-offer.png'));
  });

  step('keeps the damaged file as it was, and puts nothing in its place', async () => {
    assert.deepEqual(await here.shop.setAside('damaged'), [damaged]);
    assert.equal(await here.shop.hasDatabase(), false);
  });

  step('keeps nobody out, in either theme', async () => {
    for (const theme of ['light', 'dark']) {
      await here.desktop.wear(theme);
      assert.deepEqual(await here.desktop.findings(), [], theme);
      await here.desktop.picture(path.join(here.out, `recovery-offer-${theme}.png`));
    }
  });

  step('changes nothing when the person would rather quit', async () => {
    // The program may be gone before the driver has its answer.
    await here.desktop.click('quit').catch(() => undefined);
    await until('the program has ended', async () => !(await here.desktop.isOpen()));
    await here.desktop.stop();
    assert.deepEqual(await here.shop.setAside('damaged'), [damaged]);
    assert.equal(await here.shop.hasDatabase(), false, 'and nothing was started from scratch');
  });

  step('offers the same backup the next time, in English too', async () => {
    here.desktop = await Desktop.start({ data: here.shop.folder, lang: 'en' });
    const { desktop } = here;
    assert.deepEqual(missing(await desktop.says('start-title'), 'gone'), []);
    assert.deepEqual(missing(await desktop.says('offer'), 'There is a good backup', 'No. 1'), []);
    await desktop.picture(path.join(here.out, 'recovery-offer-en.png'));
  });

  step('opens the till with the data of the backup after one press', async () => {
    await here.desktop.click('restore');
    await expectTheKeptOrderOnly(here.desktop);
    await here.desktop.picture(path.join(here.out, 'recovery-done.png'));
    assert.deepEqual(await here.shop.setAside('damaged'), [damaged], 'what was damaged is still there');
  });
});

describe('data that is gone, without any backup', () => {
  const step = journey();
  const here = stage({ backup: false });
  /** @type {() => Promise<void>} */
  let bringBack;

  step('is told without a button that could not help', async () => {
    bringBack = await here.shop.lose();
    here.desktop = await Desktop.start({ data: here.shop.folder });
    const { desktop } = here;
    const said = await desktop.says('no-offer');
    assert.deepEqual(missing(said, 'ninguna copia de seguridad', 'No borre nada'), [], said);
    assert.deepEqual(missing(await desktop.says('start-detail'), here.shop.database), []);
    assert.equal(await desktop.driver.$('[data-testid="restore"]').isExisting(), false);
    await desktop.picture(path.join(here.out, 'recovery-none.png'));
  });

  step('is still gone when it is tried again', async () => {
    await here.desktop.click('start-again');
    await here.desktop.find('no-offer');
    assert.equal(await here.shop.hasDatabase(), false, 'and nothing was started from scratch');
  });

  step('opens the till when somebody has brought the file back', async () => {
    await bringBack();
    await until('the button can be pressed', () =>
      here.desktop.driver.$('[data-testid="start-again"]').isEnabled(),
    );
    await here.desktop.click('start-again');
    await here.desktop.focus('main');
    await here.desktop.signIn('Ana', '4444');
    await here.desktop.find('floor');
  });
});

const DISK_BYTES = 160 << 20;
/** Room enough to start, and less than what the program wants to keep free of any disk. */
const LEFT_BYTES = 16 << 20;

/** Only an administrator of Linux may make a disk that is small enough to be full. */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

describe(
  'a full disk while a backup is restored',
  { skip: !mayMount && 'a small disk cannot be made' },
  () => {
    const step = journey();
    const here = stage();
    /** @type {string} */
    let disk;
    const ballast = () => path.join(disk, 'ballast');

    step('is told with how much room is missing, and nothing is lost', async () => {
      const { shop } = here;
      disk = path.join(shop.core.data.folder, 'disk');
      await mkdir(disk);
      await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'fastops-small', disk]);
      here.ends.push(() => run('umount', ['--lazy', disk]));
      await run('cp', ['-a', `${shop.folder}/.`, disk]);
      shop.core.move(disk);
      await shop.damage();
      const { bavail, bsize } = await statfs(disk);
      await writeFile(ballast(), Buffer.alloc(bavail * bsize - LEFT_BYTES, 1));
      here.desktop = await Desktop.start({ data: shop.folder });
      await here.desktop.click('restore');
      const said = await here.desktop.says('not-restored');
      assert.deepEqual(missing(said, 'todo sigue como estaba', 'Libere espacio'), [], said);
      await here.desktop.picture(path.join(here.out, 'recovery-full-disk.png'));
      assert.equal((await shop.setAside('damaged')).length, 1);
    });

    step('is over when there is room, with the same button', async () => {
      await rm(ballast());
      await until('the button can be pressed', () =>
        here.desktop.driver.$('[data-testid="restore"]').isEnabled(),
      );
      await here.desktop.click('restore');
      await expectTheKeptOrderOnly(here.desktop);
    });
  },
);
