/**
 * From nothing to a screen that answers, in a browser: the program, its page, a person's name, the PIN pad; and from the
 * last digit of a PIN to the tables.
 */
import { person } from '../lib/browser.js';
import { PINS } from '../lib/till.js';
import { times } from './figures.js';

const TARGET_MS = 1_500;
/** A page with one button, and a word that it brings about. */
const PLAIN = `data:text/html,<button onclick="word.textContent='there'">plain</button><p id="word"></p>`;

/** @param {() => Promise<unknown>} act */
async function clocked(act) {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {import('../lib/core.js').Core} core It runs before and after.
 * @param {number} repeats
 */
export async function starts(browser, core, repeats) {
  const [ours, empty] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  const [signedIn, tapped] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  const digits = [...PINS.Ana].map((digit) => `pin-${digit}`);
  const last = digits.pop() ?? '';
  for (let n = 0; n < repeats; n += 1) {
    await core.leave();
    const context = await person(browser);
    const page = await context.newPage();
    empty.push(await clocked(() => page.goto(PLAIN)));
    tapped.push(
      await clocked(async () => {
        await page.getByRole('button').click();
        await page.getByText('there', { exact: true }).waitFor();
      }),
    );
    ours.push(
      await clocked(async () => {
        await core.resume();
        await page.goto(core.url);
        const ana = page.getByTestId('user-Ana');
        const terminal = page.getByTestId('terminal-Caja 1');
        await ana.or(terminal).first().waitFor();
        if (await terminal.isVisible()) await terminal.click();
        await ana.click();
        await page.getByTestId(last).click();
      }),
    );
    await page.getByTestId('pin-delete').click();
    for (const digit of digits) await page.getByTestId(digit).click();
    signedIn.push(
      await clocked(async () => {
        await page.getByTestId(last).click();
        await page.getByTestId('table-1').waitFor();
      }),
    );
    await context.close();
  }
  const loaded = times('plain page: loaded', empty);
  const tap = times('plain page: tap → word', tapped);
  return [
    loaded,
    times('core and page: start → PIN pad that answers', ours, { target: TARGET_MS, plain: loaded.p95 }),
    tap,
    times('last digit of the PIN → tables', signedIn, { target: TARGET_MS, plain: tap.p95 }),
  ];
}
