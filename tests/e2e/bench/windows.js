/**
 * The windows of the desktop program: from nothing to a PIN pad that answers, beside a bare window of the same web view,
 * and a rush in them.
 */
import { Desktop } from '../lib/desktop.js';
import { keepAtWork, memoryOf, offspring, processOf, startOf } from '../lib/memory.js';
import { plainWindowProgram } from '../lib/paths.js';
import { startWebView } from '../lib/web-view.js';
import { times } from './figures.js';
import { PAGE } from './plain.js';
import { wish } from './rush.js';
import { codeOf, FULL } from './shop.js';

/** The two windows stand side by side: what is covered by another one is not drawn. */
const WINDOW = { width: 1_366, height: 768 };
/** A display that has room for both. */
export const DISPLAY = `${2 * WINDOW.width}x${WINDOW.height}x24`;

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
    const { driver } = await startWebView(ends, plainWindowProgram(), ['--automation']);
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

/**
 * In the page: taps a thing as soon as it can be tapped, and waits for what that brings about; as a person would, taps again
 * when nothing comes of it. The driver's own taps keep
 * hold of everything that they touch, and on a busy machine last so long that they are taken for holds.
 * @param {string} selector
 * @param {{ selector: string, count: number, word?: string, there?: boolean }} wanted How many of what, and what the first of
 * them says; with `there` nothing is tapped if it is so already.
 * @param {() => void} done
 */
function tapFor(selector, wanted, done) {
  const againMs = 2_000;
  let tapped = -Infinity;
  const came = () => {
    const found = [...document.querySelectorAll(wanted.selector)];
    const says = found[0]?.textContent?.split(/\s+/) ?? [];
    return found.length === wanted.count && (wanted.word === undefined || says.includes(wanted.word));
  };
  const look = () => {
    if (wanted.there && came()) {
      done();
      return;
    }
    const target = document.querySelector(`${selector}:not(:disabled)`);
    if (performance.now() - tapped > againMs && target instanceof HTMLElement) {
      tapped = performance.now();
      const about = { bubbles: true, cancelable: true, isPrimary: true, pointerId: 1, pointerType: 'touch' };
      target.dispatchEvent(new PointerEvent('pointerdown', about));
      target.dispatchEvent(new PointerEvent('pointerup', about));
      target.click();
    }
    if (Number.isFinite(tapped) && came()) done();
    else setTimeout(look, 20);
  };
  look();
}

/**
 * In the page: waits for the first of these, and says which it is.
 * @param {string} selector
 * @param {(testid: string) => void} done
 */
function firstOf(selector, done) {
  const found = document.querySelector(selector);
  if (found instanceof HTMLElement) done(found.dataset.testid ?? '');
  else setTimeout(firstOf, 20, selector, done);
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
  const tap = (/** @type {string} */ selector, /** @type {Parameters<typeof tapFor>[1]} */ wanted) =>
    driver.executeAsync(tapFor, selector, wanted);
  await desktop.focus('main');
  await desktop.signIn('Camila', '1111');
  await desktop.find('floor');
  const till = { handle: await driver.getWindowHandle(), pid: await processOf(work) };
  await desktop.click('nav-kitchen');
  for (const [role, left] of /** @type {const} */ ([
    ['main', 0],
    ['kitchen', WINDOW.width],
  ])) {
    await desktop.focus(role);
    await driver.setWindowRect(left, 0, WINDOW.width, WINDOW.height);
  }
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
      await tap(testid('nav-tables'), { selector: testid('floor'), count: 1, there: true });
      await tap(testid(`table-${table}`), { selector: testid('order-title'), count: 1, word: table });
      await tap(testid(`category-${FULL.names[0]}`), { selector: testid(`product-${codeOf(0)}`), count: 1 });
      for (let at = 0; at < products; at += 1) {
        await tap(testid(`product-${codeOf(from + at)}`), { selector: testid('cart-line'), count: at + 1 });
      }
      await tap(testid('send-order'), { selector: testid('cart-line'), count: 0 });
    },
    async bump() {
      await driver.switchToWindow(kitchen.handle);
      const oldest = await driver.executeAsync(firstOf, '[data-testid^="bump-"]');
      await tap(testid(oldest), { selector: testid(oldest), count: 0 });
    },
    memory: () => Promise.all(pids.map(memoryOf)),
  };
}
