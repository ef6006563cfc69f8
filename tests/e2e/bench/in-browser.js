/**
 * The rush in Chromium: a till and a kitchen in browsers of their own.
 */
import { Kitchen } from '../lib/kitchen.js';
import { keepAtWork, memoryOf, processOf } from '../lib/memory.js';
import { tap } from '../lib/taps.js';
import { Till } from '../lib/till.js';
import { person } from '../lib/browser.js';
import { wish } from './rush.js';
import { codeOf, FULL } from './shop.js';

const MIB = 1_048_576;

/** What the page's own objects take, once what nobody needs is gone. @param {import('playwright-core').CDPSession} session */
async function objects(session) {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / MIB;
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {import('../lib/core.js').Core} core
 * @returns {Promise<import('./rush.js').Place>}
 */
export async function inBrowser(browser, core) {
  const till = await Till.open(await person(browser), core, 'Ana');
  const kitchen = await Kitchen.open(await person(browser), core, 'Cocina');
  const pages = [till.page, kitchen.page];
  const sessions = await Promise.all(pages.map((page) => page.context().newCDPSession(page)));
  /** @type {number[]} */
  const pids = [];
  for (const page of pages) pids.push(await processOf((ms) => page.evaluate(keepAtWork, ms)));
  return {
    name: 'In Chromium',
    columns: ['core', 'till', 'kitchen', 'objects of the till', 'objects of the kitchen'],
    async order(n) {
      const { table, products, from } = wish(n);
      await till.openTable(table);
      await till.page.getByTestId(`category-${FULL.names[0]}`).click();
      for (let at = 0; at < products; at += 1) {
        await tap(till.page.getByTestId(`product-${codeOf(from + at)}`));
      }
      await till.sendOrder();
    },
    async bump() {
      const first = kitchen.page.locator('[data-testid^="bump-"]').first();
      const name = (await first.getAttribute('data-testid')) ?? '';
      await first.click();
      await kitchen.page.getByTestId(name).waitFor({ state: 'detached' });
    },
    async memory() {
      // What is no longer needed goes first, as it would in time.
      const own = await Promise.all(sessions.map(objects));
      return [...(await Promise.all([Number(core.pid), ...pids].map(memoryOf))), ...own];
    },
  };
}
