/**
 * `cargo xtask bench ui`: how fast the screens are, in the real UI on the real core, beside a plain page in the same
 * browser. Figures are of a machine that does nothing else; on a busy one only their ratio to the plain page means much.
 */
import { parseArgs } from 'node:util';
import { launch, person } from '../lib/browser.js';
import { Kitchen } from '../lib/kitchen.js';
import { Till } from '../lib/till.js';
import { table, times } from './figures.js';
import { kitchenInRush } from './kitchen.js';
import { categories, scans, searches, taps } from './till.js';
import { meter } from './meter.js';
import { plain } from './plain.js';
import { rush } from './rush.js';
import { Shop } from './shop.js';
import { starts } from './start.js';

const HELP = `Usage: cargo xtask bench ui [-- OPTIONS]

  --quick        fewer products and repetitions: to see that it works, not to publish
  --minutes N    how long the rush lasts in which memory is watched (2); it has the events of an hour, or of
                 as many minutes where that is more
`;

const FULL = { products: 50_000, repeats: 60, letters: 8, kitchenSeconds: 60, starts: 5, minutes: 2 };
const QUICK = { products: 2_000, repeats: 15, letters: 2, kitchenSeconds: 10, starts: 2, minutes: 0.3 };

/** @param {string} line */
const say = (line) => console.log(line);

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, minutes: { type: 'string' }, help: { type: 'boolean' } },
});

/** @param {typeof FULL} size */
async function measure(size) {
  const browser = await launch();
  /** @type {Shop | undefined} */
  let shop;
  try {
    say(`Making a shop of ${size.products} products…`);
    shop = await Shop.open(size.products);
    const own = await person(browser);
    await meter(own);
    say('The plain page…');
    const reference = await plain(own, size.repeats);
    const [tap, letter] = [times('', reference.taps), times('', reference.letters)];
    const figures = [
      times('plain page: tap → row', reference.taps),
      times('plain page: letter → row', reference.letters),
    ];
    const till = await Till.open(own, shop.core, 'Ana');
    say('Taps, categories, searches and scans…');
    figures.push(
      times('tap → line on screen', await taps(till, size.repeats), { target: 50, plain: tap.p95 }),
      times('category of 300 products', await categories(till, size.repeats), { target: 50, plain: tap.p95 }),
      times('letter → what it finds', await searches(till, size.letters), { target: 50, plain: letter.p95 }),
      times('scan → line on screen', await scans(till, size.repeats), { target: 50, plain: letter.p95 }),
    );
    say('A kitchen with 60 tickets and ten events a second…');
    const other = await person(browser);
    await meter(other);
    const kitchen = await Kitchen.open(other, shop.core, 'Cocina');
    figures.push(...(await kitchenInRush(kitchen, shop, size.kitchenSeconds)));
    say(`A rush of ${size.minutes} minutes…`);
    figures.push(...(await rush([till.page, kitchen.page], shop, size.minutes)));
    await shop.close();
    shop = undefined;
    say('Starts…');
    figures.push(...(await starts(browser, size.starts)));
    say(
      `\n${table(figures)}\n\nMemory and long frames are as said in their rows; all else from the input to the painted frame.`,
    );
  } finally {
    await browser.close();
    await shop?.close();
  }
}

if (values.help) say(HELP);
else {
  const size = values.quick ? QUICK : FULL;
  await measure({ ...size, minutes: Number(values.minutes ?? size.minutes) });
}
