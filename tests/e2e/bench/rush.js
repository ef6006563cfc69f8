/**
 * An hour of rush by taps on real screens, and what memory grows to meanwhile. The orders of the hour may be packed into
 * fewer minutes: it is orders that memory grows with, and each slope is told for as many as ten minutes of rush have.
 */
import { growth, markdown, slope } from './figures.js';

/** Orders of an hour of rush that one till takes, and tickets that one kitchen gets ready meanwhile. */
const ORDERS_AN_HOUR = 900;
const ORDERS_IN_TEN_MINUTES = ORDERS_AN_HOUR / 6;
/** Looks at memory, beside the one at the start: one each five minutes of an hour. */
const LOOKS = 12;
/** The core alone; its program on the desktop also holds the frame of the windows. */
export const CORE_MIB = 80;

/**
 * A till, a kitchen and a core, driven by whoever knows how.
 * @typedef {{
 *   name: string,
 *   columns: string[],
 *   order(n: number): Promise<void>,
 *   bump(): Promise<void>,
 *   memory(): Promise<number[]>,
 * }} Place
 * @typedef {{ minute: number, orders: number, memory: number[] }} Look
 */

/**
 * @param {Place} place
 * @param {number} minutes
 */
async function work(place, minutes) {
  /** @type {Look[]} */
  const looks = [];
  const began = performance.now();
  const minute = () => (performance.now() - began) / 60_000;
  const look = async (/** @type {number} */ orders) => {
    looks.push({ minute: minute(), orders, memory: await place.memory() });
  };
  await look(0);
  let orders = 0;
  while (orders < ORDERS_AN_HOUR && minute() < minutes) {
    const early = (orders / ORDERS_AN_HOUR) * minutes - minute();
    if (early > 0) await new Promise((resume) => setTimeout(resume, early * 60_000));
    await place.order(orders);
    await place.bump();
    orders += 1;
    if (minute() >= (looks.length * minutes) / LOOKS && looks.length < LOOKS) await look(orders);
  }
  await look(orders);
  return looks;
}

/** By how much each column grows in ten minutes of rush, once the first half has filled what is kept. @param {Look[]} looks */
export function leaks(looks) {
  const late = looks.slice(Math.min(Math.floor(looks.length / 2), looks.length - 2));
  const at = late.map((one) => one.orders / ORDERS_IN_TEN_MINUTES);
  return (looks[0]?.memory ?? []).map((_, n) =>
    slope(
      at,
      late.map((one) => one.memory[n] ?? Number.NaN),
    ),
  );
}

/** @param {Place} place @param {Look[]} looks */
function told(place, looks) {
  const last = looks.at(-1);
  const rows = looks.map((one) => [
    one.minute.toFixed(1),
    String(one.orders),
    ...one.memory.map((mib) => mib.toFixed(1)),
  ]);
  rows.push(['grows in', `${ORDERS_IN_TEN_MINUTES} orders`, ...leaks(looks).map(growth)]);
  const head = ['minute', 'orders', ...place.columns];
  const table = markdown(
    head,
    head.map(() => true),
    rows,
  );
  return `**${place.name}**: ${last?.orders} orders in ${last?.minute.toFixed(1)} minutes; MiB\n\n${table}`;
}

/**
 * The rush at all places at once, each with its own core; gives a table for each.
 * @param {Place[]} places
 * @param {number} minutes
 */
export async function rush(places, minutes) {
  const looks = await Promise.all(places.map((place) => work(place, minutes)));
  return places.map((place, n) => told(place, looks[n] ?? []));
}

/** The table, and how many products, of an order: tables get more with each round. @param {number} n */
export function wish(n) {
  return { table: String(1 + (n % 12)), products: 1 + (n % 2), from: n % 5 };
}
