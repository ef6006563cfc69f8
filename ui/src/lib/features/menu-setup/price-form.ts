// A price list as it is typed: days and hours together, moments by the branch's clock, prices as texts.

import { rateOf } from '../../i18n/percent';
import { CallFailed } from '../../ipc/backend';
import type { ListPrice, MenuSetup, PriceHours, PriceListsView, PriceListView } from '../../ipc/bindings.gen';
import { MOST_NAME } from './form';

const DAY_MINUTES = 24 * 60;
/** Most of a price, in minor units, that the core takes. */
const MOST_PRICE = 1_000_000_000_000;

/** Hours that some weekdays have in common; times as "17:00". */
export type Spell = { weekdays: number[]; from: string; to: string };

/** A price as it is typed, with what it is of. */
export type PriceRow = {
  product_id: string;
  variant_id: string | null;
  name: string;
  /** Without any list; none when nobody knows. */
  usual: number | null;
  price: string;
};

export type PricePart = 'name' | 'from' | 'end' | 'hours' | 'products';

export const FRIDAY_EVENING: Spell = { weekdays: [5], from: '17:00', to: '19:00' };

/** Minutes after midnight as "17:00". */
export function clockText(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor((minute % DAY_MINUTES) / 60))}:${two(minute % 60)}`;
}

function minuteOf(text: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}

export function spellsOf(hours: readonly PriceHours[]): Spell[] {
  const spells: Spell[] = [];
  for (const { weekday, from_minute, to_minute } of hours) {
    const [from, to] = [clockText(from_minute), clockText(to_minute)];
    const same = spells.find((one) => one.from === from && one.to === to);
    if (same) same.weekdays.push(weekday);
    else spells.push({ weekdays: [weekday], from, to });
  }
  return spells;
}

/** The hours that were typed; null when something of them is missing. */
export function hoursOf(spells: readonly Spell[]): PriceHours[] | null {
  const hours: PriceHours[] = [];
  for (const { weekdays, from, to } of spells) {
    const [begins, ends] = [minuteOf(from), minuteOf(to)];
    if (begins === null || ends === null || weekdays.length === 0) return null;
    // Midnight is where the day ends.
    const to_minute = ends === 0 ? DAY_MINUTES : ends;
    hours.push(...weekdays.map((weekday) => ({ weekday, from_minute: begins, to_minute })));
  }
  return hours;
}

/** A moment as a field of date and time shows it: the branch's clock. */
export function localText(at: number, utcOffsetMinutes: number): string {
  return new Date(at + utcOffsetMinutes * 60_000).toISOString().slice(0, 16);
}

/** The moment that was typed, null when it is none. */
export function instantOf(text: string, utcOffsetMinutes: number): number | null {
  const at = Date.parse(`${text}Z`);
  return Number.isNaN(at) ? null : at - utcOffsetMinutes * 60_000;
}

/** A time of the branch's tomorrow. */
export function tomorrowAt(minute: number, now: number, utcOffsetMinutes: number): number {
  const shift = utcOffsetMinutes * 60_000;
  const day = DAY_MINUTES * 60_000;
  return (Math.floor((now + shift) / day) + 1) * day + minute * 60_000 - shift;
}

/** Hundredths of a per cent that were typed, 1 to 10000; null when they are none. */
export function readPercent(text: string): number | null {
  const basisPoints = rateOf(text);
  return basisPoints === 0 ? null : basisPoints;
}

export type ListState = 'aside' | 'holds' | 'over' | 'soon' | 'waits';

export function stateOf(list: PriceListView, now: number): ListState {
  if (!list.active) return 'aside';
  if (list.holds) return 'holds';
  if (list.valid_until !== null && list.valid_until <= now) return 'over';
  return list.valid_from !== null && list.valid_from > now ? 'soon' : 'waits';
}

/** What can have a price, each product before its variants. */
export function priceable(menu: MenuSetup, lists: PriceListsView): Omit<PriceRow, 'price'>[] {
  return menu.products.flatMap((product) => {
    const itself = {
      product_id: product.id,
      variant_id: null,
      name: product.name,
      usual: product.price_minor,
    };
    const variants = lists.variants.filter((one) => one.product_id === product.id);
    const sold = variants.map((one) => ({
      product_id: product.id,
      variant_id: one.id,
      name: `${product.name} · ${one.name}`,
      usual: one.price_minor,
    }));
    return [itself, ...sold];
  });
}

type Item = { product_id: string; variant_id: string | null };

export function isSame(one: Item, other: Item): boolean {
  return one.product_id === other.product_id && one.variant_id === other.variant_id;
}

/** The rows with these prices put in: what is there takes the new one, the rest comes after it. */
export function withPrices(
  rows: readonly PriceRow[],
  prices: readonly ListPrice[],
  all: readonly Omit<PriceRow, 'price'>[],
  write: (minor: number) => string,
): PriceRow[] {
  const priced = prices.map((price) => {
    const known = all.find((one) => isSame(one, price));
    const name = known?.name ?? all.find((one) => one.product_id === price.product_id)?.name ?? '';
    const { product_id, variant_id, price_minor } = price;
    return { product_id, variant_id, name, usual: known?.usual ?? null, price: write(price_minor) };
  });
  const kept = rows.map((row) => priced.find((one) => isSame(one, row)) ?? row);
  return [...kept, ...priced.filter((one) => !rows.some((row) => isSame(row, one)))];
}

type Typed = Pick<PriceListView, 'name' | 'valid_from' | 'valid_until' | 'prices'>;

/** The part of a list's form that a refusal is about; none when it is about no single part. */
export function pricePart(error: unknown, typed: Typed): PricePart | null {
  if (!(error instanceof CallFailed)) return null;
  if (error.code === 'name_taken') return 'name';
  if (error.code === 'unknown_product') return 'products';
  if (error.code !== 'out_of_bounds') return null;
  if (typed.name.trim() === '' || typed.name.length > MOST_NAME) return 'name';
  const { valid_from, valid_until } = typed;
  if (valid_from !== null && valid_until !== null && valid_until <= valid_from) return 'end';
  return typed.prices.some((one) => one.price_minor > MOST_PRICE) ? 'products' : 'hours';
}
