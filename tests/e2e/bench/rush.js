/**
 * Memory in a long rush: what grows from its first third to its last is told, for the pages and for the core.
 */
import { happen } from './kitchen.js';

/** Events of an hour of rush: an order or a done ticket each other second. */
const EVENTS_AN_HOUR = 1_800;
const MIB = 1_048_576;

/** What the page's own objects take, once what nobody needs is gone. @param {import('playwright-core').CDPSession} session */
async function heap(session) {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / MIB;
}

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * @param {import('playwright-core').Page[]} pages The till and the kitchen.
 * @param {import('./shop.js').Shop} shop
 * @param {number} minutes
 * @returns {Promise<import('./figures.js').Figure[]>}
 */
export async function rush(pages, shop, minutes) {
  const sessions = await Promise.all(pages.map((page) => page.context().newCDPSession(page)));
  /** Of the till, the kitchen and the core. @type {number[][]} */
  const samples = [[], [], []];
  const perSecond = Math.max(EVENTS_AN_HOUR / 60 / 60, Math.min(10, EVENTS_AN_HOUR / (minutes * 60)));
  await happen(shop, minutes * 60, perSecond, async () => {
    const now = [...(await Promise.all(sessions.map(heap))), await shop.core.memory()];
    for (const [n, value] of now.entries()) samples[n]?.push(value);
  });
  return ['till: memory of the page', 'kitchen: memory of the page', 'core: memory'].map((what, n) => {
    const values = samples[n] ?? [];
    const third = Math.ceil(values.length / 3);
    const growth = mean(values.slice(-third)) - mean(values.slice(0, third));
    const note = `highest; ${growth < 0 ? '−' : '+'}${Math.abs(growth).toFixed(1)} MiB from the first third to the last`;
    return { what, p95: Math.max(...values), unit: 'MiB', note };
  });
}
