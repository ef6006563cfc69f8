/**
 * The windows of the desktop program: from nothing to a PIN pad that answers, beside a bare window of the same web view,
 * and a rush in them.
 */
import { Desktop } from '../lib/desktop.js';
import { keepAtWork, memoryOf, offspring, processOf, startOf } from '../lib/memory.js';
import { plainWindowProgram } from '../lib/paths.js';
import { startWebView } from '../lib/web-view.js';
import { until } from '../lib/until.js';
import { times } from './figures.js';
import { PAGE } from './plain.js';
import { wish } from './rush.js';
import { codeOf, FULL } from './shop.js';

/** What a press does is there by then, or it did nothing. */
const HOLD_MS = 2_000;

/**
 * In the page: presses one button after the other as each appears, and says when what the last one brings about was
 * painted, by the clock of the day.
 * @param {string[]} presses Selectors. One that begins with a question mark is pressed if it comes before the next.
 * @param {string} answer
 * @param {(at: number) => void} done
 */
function pressAll(presses, answer, done) {
  const left = [...presses];
  const step = () => {
    const [next, after] = left;
    if (next === undefined) {
      if (document.querySelector(answer)) requestAnimationFrame(() => setTimeout(() => done(Date.now())));
      else requestAnimationFrame(step);
      return;
    }
    const optional = next.startsWith('?');
    const button = document.querySelector(optional ? next.slice(1) : next);
    if (button instanceof HTMLElement) {
      button.click();
      left.shift();
    } else if (optional && after && document.querySelector(after)) left.shift();
    requestAnimationFrame(step);
  };
  step();
}

/** The process of this name, of those that were started here. @param {string} name */
async function running(name) {
  const found = (await offspring(process.pid)).find((one) => one.name === name);
  if (!found) throw new Error(`${name} does not run`);
  return found.pid;
}

/** From the start of a bare window to a button in it that answers, in milliseconds. */
async function plainStart() {
  /** @type {Array<() => Promise<unknown>>} */
  const ends = [];
  try {
    const driver = await startWebView(ends, plainWindowProgram(), ['--automation']);
    await driver.url(`data:text/html;charset=utf-8,${encodeURIComponent(PAGE)}`);
    const at = await driver.executeAsync(pressAll, ['#b1'], '#rows li');
    return at - (await startOf(await running('MiniBrowser')));
  } finally {
    for (const end of ends.reverse()) await end().catch(() => undefined);
  }
}

/** From the start of the program to a PIN pad that answers, in milliseconds. @param {string} data */
async function ownStart(data) {
  const desktop = await Desktop.start({ data, demo: false });
  try {
    await desktop.focus('main');
    const terminal = '[data-testid="terminal-Caja 1"]';
    const presses = [`?${terminal}`, '[data-testid="user-Ana"]', '[data-testid="pin-4"]'];
    const at = await desktop.driver.executeAsync(pressAll, presses, '[data-testid="pin-pad"] .typed');
    return at - (await startOf(await running('fastops')));
  } finally {
    await desktop.stop();
  }
}

/** @param {string} data @param {number} repeats */
export async function windowStarts(data, repeats) {
  const [plain, own] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let n = 0; n < repeats; n += 1) {
    plain.push(await plainStart());
    own.push(await ownStart(data));
  }
  const reference = times('bare window of the web view: start → button that answers', plain);
  const target = { target: 1_500, plain: reference.p95 };
  return [reference, times('desktop program: start → PIN pad that answers', own, target)];
}

/** In the page: whether this many elements are there, and say this. @param {{ selector: string, count: number, word?: string }} wanted */
function isThere({ selector, count, word }) {
  const found = [...document.querySelectorAll(selector)];
  const says = word === undefined || found[0]?.textContent?.split(/\s+/).includes(word);
  return found.length === count && says === true;
}

/**
 * The rush in the two windows.
 * @param {Desktop} desktop
 * @returns {Promise<import('./rush.js').Place>}
 */
export async function inWindows(desktop) {
  const { driver } = desktop;
  const work = (/** @type {number} */ ms) => driver.execute(keepAtWork, ms);
  const testid = (/** @type {string} */ name) => `[data-testid="${name}"]`;
  const press = async (/** @type {string} */ selector) => {
    const found = await driver.findElement('css selector', `${selector}:not(:disabled)`);
    await driver.elementClick(Object.values(found)[0] ?? '');
    return true;
  };
  /**
   * Presses, and looks for what that brings about; a press that a busy machine took for a hold is made again.
   * @param {string} selector
   * @param {Parameters<typeof isThere>[0]} wanted
   */
  const bring = async (selector, wanted) => {
    const came = () => driver.execute(isThere, wanted);
    await until(`${selector} brings ${wanted.selector}`, async () => {
      if (!(await came())) await press(selector);
      return until('it came', came, HOLD_MS);
    });
  };
  await desktop.focus('main');
  await desktop.signIn('Camila', '1111');
  await desktop.find('floor');
  const till = { handle: await driver.getWindowHandle(), pid: await processOf(work) };
  await desktop.click('nav-kitchen');
  await desktop.focus('kitchen');
  await desktop.signIn('Cocina', '6666');
  await desktop.click('station-Cocina');
  await desktop.find('nothing-to-do');
  const kitchen = { handle: await driver.getWindowHandle(), pid: await processOf(work) };
  const pids = [await running('fastops'), till.pid, kitchen.pid, await running('WebKitNetworkPr')];
  return {
    name: 'In the windows of the desktop program',
    columns: ['program with its core', 'till', 'kitchen', 'network of both'],
    async order(n) {
      const { table, products, from } = wish(n);
      await driver.switchToWindow(till.handle);
      await until('the tables can be seen', () => press(testid('nav-tables')));
      const title = { selector: testid('order-title'), count: 1, word: table };
      await bring(testid(`table-${table}`), title);
      await bring(testid(`category-${FULL.names[0]}`), {
        selector: testid(`product-${codeOf(0)}`),
        count: 1,
      });
      for (let at = 0; at < products; at += 1) {
        const lines = { selector: testid('cart-line'), count: at + 1 };
        await bring(testid(`product-${codeOf(from + at)}`), lines);
      }
      await bring(testid('send-order'), { selector: testid('cart-line'), count: 0 });
    },
    async bump() {
      await driver.switchToWindow(kitchen.handle);
      const first = driver.$('[data-testid^="bump-"]');
      await first.waitForExist();
      const button = testid((await first.getAttribute('data-testid')) ?? '');
      await bring(button, { selector: button, count: 0 });
    },
    memory: () => Promise.all(pids.map(memoryOf)),
  };
}
