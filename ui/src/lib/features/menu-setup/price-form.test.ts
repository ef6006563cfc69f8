import { describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type { PriceListView } from '../../ipc/bindings.gen';
import {
  clockText,
  hoursOf,
  instantOf,
  localText,
  pricePart,
  readPercent,
  spellsOf,
  stateOf,
  tomorrowAt,
  withPrices,
  type PriceRow,
} from './price-form';

const BOGOTA = -300;
/** Friday, 2 January 2026, 17:30 in Bogotá. */
const FRIDAY = Date.parse('2026-01-02T22:30:00Z');

describe('the hours of a list', () => {
  const evening = (weekday: number) => ({ weekday, from_minute: 1_020, to_minute: 1_140 });

  it('are shown with the days that have them in common, and read as they were', () => {
    const hours = [evening(5), evening(6), { weekday: 7, from_minute: 0, to_minute: 1_440 }];
    const spells = spellsOf(hours);
    expect(spells).toEqual([
      { weekdays: [5, 6], from: '17:00', to: '19:00' },
      { weekdays: [7], from: '00:00', to: '00:00' },
    ]);
    expect(hoursOf(spells)).toEqual(hours);
  });

  it('are nothing while something of them is missing', () => {
    expect(hoursOf([{ weekdays: [], from: '17:00', to: '19:00' }])).toBeNull();
    expect(hoursOf([{ weekdays: [5], from: '', to: '19:00' }])).toBeNull();
    expect(hoursOf([{ weekdays: [5], from: '17:00', to: '' }])).toBeNull();
    expect(hoursOf([])).toEqual([]);
  });

  it('go by the clock on the wall', () => {
    expect([0, 65, 1_439, 1_440].map(clockText)).toEqual(['00:00', '01:05', '23:59', '00:00']);
  });
});

describe('a moment', () => {
  it('is typed by the clock of the branch', () => {
    expect(localText(FRIDAY, BOGOTA)).toBe('2026-01-02T17:30');
    expect(instantOf('2026-01-02T17:30', BOGOTA)).toBe(FRIDAY);
    expect(instantOf('', BOGOTA)).toBeNull();
  });

  it('of tomorrow is of the day after the branch\u2019s today', () => {
    expect(localText(tomorrowAt(18 * 60, FRIDAY, BOGOTA), BOGOTA)).toBe('2026-01-03T18:00');
    const late = Date.parse('2026-01-03T04:30:00Z');
    expect(localText(tomorrowAt(18 * 60, late, BOGOTA), BOGOTA)).toBe('2026-01-03T18:00');
  });
});

describe('a discount', () => {
  it('is read with a comma, a point or a sign, from a hundredth to all of it', () => {
    expect(['20', ' 12,5 ', '33.33', '100 %', '0,01'].map(readPercent)).toEqual([
      2_000, 1_250, 3_333, 10_000, 1,
    ]);
    expect(['', '0', '101', '-5', '1.234', 'veinte'].map(readPercent)).toEqual(Array(6).fill(null));
  });

  it('takes the place of the prices that are there, and brings the others', () => {
    const of = (product_id: string) => ({ product_id, variant_id: null, name: product_id, usual: 1_000 });
    const kept: PriceRow[] = [
      { ...of('agua'), price: '9' },
      { ...of('cafe'), price: '7' },
    ];
    const all = [of('agua'), of('cafe'), of('jugo')];
    const prices = ['jugo', 'agua'].map((id) => ({ product_id: id, variant_id: null, price_minor: 500 }));
    const rows = withPrices(kept, prices, all, String);
    expect(rows.map((row) => [row.name, row.price])).toEqual([
      ['agua', '500'],
      ['cafe', '7'],
      ['jugo', '500'],
    ]);
  });
});

describe('a list', () => {
  const list: PriceListView = {
    id: 'l',
    name: 'Hora feliz',
    priority: 0,
    here_only: false,
    active: true,
    valid_from: null,
    valid_until: null,
    hours: [],
    prices: [],
    holds: false,
    ends_at: null,
    clashes: [],
  };

  it('stands at what the core and the clock say', () => {
    expect(stateOf({ ...list, active: false, holds: true }, FRIDAY)).toBe('aside');
    expect(stateOf({ ...list, holds: true }, FRIDAY)).toBe('holds');
    expect(stateOf({ ...list, valid_until: FRIDAY }, FRIDAY)).toBe('over');
    expect(stateOf({ ...list, valid_from: FRIDAY + 1 }, FRIDAY)).toBe('soon');
    expect(stateOf(list, FRIDAY)).toBe('waits');
  });

  it('is refused beside what is wrong with it', () => {
    const typed = { name: 'Hora feliz', valid_from: null, valid_until: null, prices: [] };
    const part = (code: 'name_taken' | 'unknown_product' | 'out_of_bounds' | 'not_allowed', change = {}) =>
      pricePart(new CallFailed(code, 'No.'), { ...typed, ...change });
    expect(part('name_taken')).toBe('name');
    expect(part('unknown_product')).toBe('products');
    expect(part('out_of_bounds', { name: ' ' })).toBe('name');
    expect(part('out_of_bounds', { valid_from: 5, valid_until: 5 })).toBe('end');
    const dear = { product_id: 'vino', variant_id: null, price_minor: 1_000_000_000_001 };
    expect(part('out_of_bounds', { prices: [dear] })).toBe('products');
    expect(part('out_of_bounds')).toBe('hours');
    expect([part('not_allowed'), pricePart(new Error('No.'), typed)]).toEqual([null, null]);
  });
});
