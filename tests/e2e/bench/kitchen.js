/**
 * The kitchen in a rush: as many tickets as fit nowhere, and something new all the time.
 */
import { until } from '../lib/until.js';
import { times } from './figures.js';
import { watch, watched } from './meter.js';

const TICKETS = 60;
const EVENTS_A_SECOND = 10;
/** A frame longer than this is seen. */
const LONG_MS = 50;

/**
 * Half of what happens is a new ticket, half one that is done.
 * @param {import('../lib/kitchen.js').Kitchen} kitchen
 * @param {import('./shop.js').Shop} shop
 * @param {number} seconds
 */
export async function kitchenInRush(kitchen, shop, seconds) {
  const { page } = kitchen;
  for (let n = (await shop.tickets()).length; n < TICKETS; n += 1) await shop.order(n);
  await until('the kitchen knows of all tickets', async () => {
    const load = await page.getByTestId('load').innerText();
    return Number(/\d+/.exec(load)?.[0]) >= TICKETS;
  });
  await watch(page);
  await happen(shop, seconds, EVENTS_A_SECOND);
  const { events, frames } = await watched(page);
  const long = frames.filter((frame) => frame > LONG_MS);
  return [
    times('kitchen: event → on screen', events, { target: 50, note: `${TICKETS} tickets` }),
    {
      what: `kitchen: frames over ${LONG_MS} ms`,
      p95: long.length,
      unit: 'frames',
      note: `of ${frames.length} in ${seconds} s; longest ${Math.max(...frames).toFixed(0)} ms`,
    },
  ];
}

/**
 * Lets orders come and tickets be done, evenly.
 * @param {import('./shop.js').Shop} shop
 * @param {number} seconds
 * @param {number} perSecond
 * @param {(share: number) => Promise<void>} [during] Called now and then with how far it is, from 0 to 1.
 */
export async function happen(shop, seconds, perSecond, during) {
  const count = Math.round(seconds * perSecond);
  const began = performance.now();
  const open = (await shop.tickets()).map((ticket) => ticket.id);
  for (let n = 0; n < count; n += 1) {
    const due = began + (n * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await new Promise((resume) => setTimeout(resume, early));
    if (n % 2 === 0) await shop.order(n);
    else {
      if (open.length === 0) open.push(...(await shop.tickets()).map((ticket) => ticket.id));
      const oldest = open.shift();
      if (oldest) await shop.bump(oldest);
    }
    if (during && n % Math.ceil(count / 60) === 0) await during(n / count);
  }
}
