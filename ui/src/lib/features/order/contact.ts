// How whoever ordered without a table is reached, and when the order was promised. What is missing is said; it never
// keeps an order from being sent.

import type { OrderContact, OrderType } from '../../ipc/bindings.gen';

/** Nothing is known of whoever ordered. */
export const NOBODY: OrderContact = {
  customer_id: null,
  phone: null,
  address: null,
  courier_note: null,
  promised_at: null,
};

export type Missing = 'name' | 'phone' | 'address';

/** What nobody could bring an order without. */
export function missingOf(type: OrderType, name: string | null, contact: OrderContact): Missing[] {
  if (type !== 'delivery') return [];
  const known = { name, phone: contact.phone, address: contact.address };
  return (['name', 'phone', 'address'] as const).filter((what) => known[what] === null);
}

const DAY_MS = 24 * 60 * 60_000;

/**
 * The instant that somebody means who types a time of day, "20:15": the one that is nearest to now. Orders are promised
 * for hours, not for days. `null` for what is no time.
 */
export function instantOf(clock: string, now: number, utcOffsetMinutes: number): number | null {
  const said = /^(\d{1,2}):(\d{2})$/.exec(clock.trim());
  const [hour, minute] = [Number(said?.[1]), Number(said?.[2])];
  if (said === null || hour > 23 || minute > 59) return null;
  const local = now + utcOffsetMinutes * 60_000;
  const midnight = local - (((local % DAY_MS) + DAY_MS) % DAY_MS);
  const today = midnight + (hour * 60 + minute) * 60_000 - utcOffsetMinutes * 60_000;
  // Half a day before or after: what was just past stays in the past, what is far behind is tomorrow's.
  if (today < now - DAY_MS / 2) return today + DAY_MS;
  return today > now + DAY_MS / 2 ? today - DAY_MS : today;
}

/** So many minutes from now, on a whole minute that a person would say: five by five. */
export function minutesFrom(now: number, minutes: number): number {
  const FIVE = 5 * 60_000;
  return Math.ceil((now + minutes * 60_000) / FIVE) * FIVE;
}
