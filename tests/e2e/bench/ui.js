/**
 * `cargo xtask bench ui`: how fast the screens are, in the real UI on the real core, beside a plain page in the same
 * engine. Figures are of a machine that does nothing else; on a busy one only their ratio to the plain page means much.
 */
import { parseArgs } from 'node:util';
import { launch, person } from '../lib/browser.js';
import { Desktop } from '../lib/desktop.js';
import { Kitchen } from '../lib/kitchen.js';
import { Till } from '../lib/till.js';
import { table, times } from './figures.js';
import { inBrowser } from './in-browser.js';
import { kitchenInRush } from './kitchen.js';
import { meter } from './meter.js';
import { plain } from './plain.js';
import { rush } from './rush.js';
import { Shop } from './shop.js';
import { starts } from './start.js';
import { categories, scans, searches, taps } from './till.js';
import { DISPLAY, inWindows, windowStarts } from './windows.js';

const HELP = `Usage: cargo xtask bench ui [-- OPTIONS]

  --quick            fewer products and repetitions: to see that it works, not to publish
  --rush-minutes N   how long the rush lasts in which memory is watched (60; 2 with --quick; 0 is none). Its orders
                     are those of an hour, packed into as many minutes, or as many of them as fit
  --no-windows       without the windows of the desktop program, which are driven on Linux only
`;

const FULL = { products: 50_000, repeats: 120, words: 20, kitchenSeconds: 60, starts: 20, minutes: 60 };
const QUICK = { products: 2_000, repeats: 20, words: 3, kitchenSeconds: 10, starts: 2, minutes: 2 };

/** @typedef {typeof FULL & { windows: boolean }} Size */

/** @param {string} line */
const say = (line) => console.log(line);

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    'rush-minutes': { type: 'string' },
    'no-windows': { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

/**
 * The till and the kitchen in a browser, beside the plain page.
 * @param {import('playwright-core').Browser} browser
 * @param {Shop} shop
 * @param {Size} size
 */
async function screens(browser, shop, size) {
  const own = await person(browser);
  await meter(own);
  say('The plain page…');
  const reference = await plain(own, size.repeats);
  const [tap, letter] = [times('', reference.taps), times('', reference.letters)];
  const till = await Till.open(own, shop.core, 'Ana');
  say('Taps, categories, searches and scans…');
  const figures = [
    times('plain page: tap → row', reference.taps),
    times('plain page: letter → row', reference.letters),
    times('tap → line on screen', await taps(till, size.repeats), { target: 50, plain: tap.p95 }),
    times('category of 300 products', await categories(till, size.repeats), { target: 50, plain: tap.p95 }),
    times('letter → what it finds', await searches(till, size.words), { target: 50, plain: letter.p95 }),
    times('scan → line on screen', await scans(till, size.repeats), { target: 50, plain: letter.p95 }),
  ];
  say('A kitchen with 60 tickets and ten events a second…');
  const other = await person(browser);
  await meter(other);
  const kitchen = await Kitchen.open(other, shop.core, 'Cocina');
  figures.push(...(await kitchenInRush(kitchen, shop, size.kitchenSeconds)));
  await Promise.all([own.close(), other.close()]);
  return figures;
}

/**
 * The rush in browsers, and at the same time in the windows.
 * @param {import('playwright-core').Browser} browser
 * @param {Shop[]} shops One for each; of the windows only where there are any.
 * @param {number} minutes
 */
async function rushes(browser, [shop, other], minutes) {
  const desktop = other && (await Desktop.start({ data: other.core.folder, demo: false, size: DISPLAY }));
  try {
    await shop?.core.resume();
    const places = shop ? [await inBrowser(browser, shop.core)] : [];
    if (desktop) places.push(await inWindows(desktop));
    return await rush(places, minutes);
  } finally {
    await desktop?.stop();
  }
}

/** @param {Size} size */
async function measure(size) {
  const browser = await launch();
  /** What is ended, the newest first. @type {Array<() => Promise<unknown>>} */
  const ends = [() => browser.close()];
  try {
    say(`Making a shop of ${size.products} products…`);
    const shop = await Shop.open(size.products);
    ends.push(() => shop.close());
    await shop.core.leave();
    const twins = [await shop.twin()];
    if (size.windows) twins.push(await shop.twin());
    ends.push(...twins.map((twin) => () => twin.close()));
    await shop.core.resume();
    const figures = await screens(browser, shop, size);
    say('Starts…');
    figures.push(...(await starts(browser, shop.core, size.starts)));
    await shop.core.leave();
    if (twins[1]) figures.push(...(await windowStarts(twins[1].core.folder, size.starts)));
    say(`\n${table(figures)}\n`);
    if (!(size.minutes > 0)) return;
    say(`A rush of ${size.minutes} minutes…`);
    say(`\n${(await rushes(browser, twins, size.minutes)).join('\n\n')}\n`);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

if (values.help) say(HELP);
else {
  const size = values.quick ? QUICK : FULL;
  const windows = process.platform === 'linux' && !values['no-windows'];
  await measure({ ...size, minutes: Number(values['rush-minutes'] ?? size.minutes), windows });
}
