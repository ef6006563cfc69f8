import { describe, expect, it } from 'vitest';
import { instantOf, minutesFrom, missingOf, NOBODY } from './contact';

const BOGOTA = -300;
/** 2026-03-31, 20:14 in Bogotá. */
const NOW = Date.UTC(2026, 3, 1, 1, 14);
const bogota = (day: number, hour: number, minute: number) => Date.UTC(2026, 2, day, hour + 5, minute);

describe('what is missing', () => {
  it('is said of a delivery alone', () => {
    expect(missingOf('delivery', null, NOBODY)).toEqual(['name', 'phone', 'address']);
    expect(missingOf('delivery', 'Rosa', { ...NOBODY, address: 'Calle 1' })).toEqual(['phone']);
    for (const type of ['take_away', 'counter', 'dine_in'] as const)
      expect(missingOf(type, null, NOBODY)).toEqual([]);
  });
});

describe('a time of day', () => {
  it.each([
    ['20:45', bogota(31, 20, 45)],
    ['19:50', bogota(31, 19, 50)],
    ['00:30', bogota(32, 0, 30)],
    ['7:05', bogota(32, 7, 5)],
    [' 9:00 ', bogota(31, 9, 0)],
  ])('%s is the nearest one', (clock, at) => {
    expect(instantOf(clock, NOW, BOGOTA)).toBe(at);
  });

  it('just after midnight may be last evening', () => {
    expect(instantOf('23:50', bogota(31, 0, 10), BOGOTA)).toBe(bogota(30, 23, 50));
  });

  it.each(['', '24:00', '12:60', 'ocho', '1215'])('is not %o', (clock) => {
    expect(instantOf(clock, NOW, BOGOTA)).toBeNull();
  });

  it('in so many minutes is one that a person would say', () => {
    expect(minutesFrom(NOW, 20)).toBe(bogota(31, 20, 35));
    expect(minutesFrom(bogota(31, 20, 10), 20)).toBe(bogota(31, 20, 30));
  });
});
