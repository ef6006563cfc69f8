/**
 * From nothing to a screen that answers, in a browser: the program, its page, a person's name, the PIN pad.
 */
import { person } from '../lib/browser.js';
import { times } from './figures.js';

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
  /** @type {number[]} */
  const ours = [];
  /** @type {number[]} */
  const empty = [];
  for (let n = 0; n < repeats; n += 1) {
    await core.leave();
    const context = await person(browser);
    const page = await context.newPage();
    empty.push(await clocked(() => page.goto('data:text/html,<button>plain</button>')));
    ours.push(
      await clocked(async () => {
        await core.resume();
        await page.goto(core.url);
        const ana = page.getByTestId('user-Ana');
        const terminal = page.getByTestId('terminal-Caja 1');
        await ana.or(terminal).first().waitFor();
        if (await terminal.isVisible()) await terminal.click();
        await ana.click();
        await page.getByTestId('pin-4').click();
      }),
    );
    await context.close();
  }
  const plain = times('plain page: loaded', empty);
  const target = { target: 1_500, plain: plain.p95 };
  return [plain, times('core and page: start → PIN pad that answers', ours, target)];
}
