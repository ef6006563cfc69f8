import { describe, expect, it } from 'vitest';
import { en } from '../../i18n/en';
import { es } from '../../i18n/es';
import type { SettingUnit, SettingView } from '../../ipc/bindings.gen';
import { amount, readAmount, step } from './amounts';

const spanish = (value: number, unit: SettingUnit | null) => amount(value, unit, es.settings.units, 'es');
const english = (value: number, unit: SettingUnit | null) => amount(value, unit, en.settings.units, 'en');

const setting = (unit: SettingUnit, least: number, most: number): SettingView => ({
  key: 'x',
  name: 'x',
  unit,
  least,
  most,
  rows: null,
  letters: null,
  blanks: [],
  default: least,
  value: least,
  nearest: 'branch',
  said: [],
});

describe('numbers of settings', () => {
  it.each([
    [0, 'seconds', '0 s', '0 s'],
    [45, 'seconds', '45 s', '45 s'],
    [60, 'seconds', '1 min', '1 min'],
    [90, 'seconds', '1 min 30 s', '1 min 30 s'],
    [3_600, 'seconds', '1 h', '1 h'],
    [90, 'minutes', '1 h 30 min', '1 h 30 min'],
    [1_440, 'minutes', '24 h', '24 h'],
    [1, 'days', '1 día', '1 day'],
    [30, 'days', '30 días', '30 days'],
    [512, 'mebibytes', '512 MB', '512 MB'],
    [1_024, 'mebibytes', '1 GB', '1 GB'],
    [1_536, 'mebibytes', '1,5 GB', '1.5 GB'],
    [1 << 30, 'mebibytes', '1024 TB', '1024 TB'],
    [10, 'tickets', '10 comandas', '10 tickets'],
    [7, null, '7', '7'],
  ] as const)('%i %s is %s and %s', (value, unit, inSpanish, inEnglish) => {
    expect([spanish(value, unit), english(value, unit)]).toEqual([inSpanish, inEnglish]);
    expect(readAmount(inSpanish, unit)).toBe(value);
    expect(readAmount(inEnglish, unit)).toBe(value);
  });

  it.each([
    ['90', 'seconds', 90],
    ['2 minutos', 'seconds', 120],
    ['1h30m', 'minutes', 90],
    ['1 día', 'minutes', 1_440],
    ['2 semanas', 'days', 14],
    ['0.5 gb', 'mebibytes', 512],
    ['12 Tickets', 'tickets', 12],
    ['-5', 'tickets', -5],
    ['', 'seconds', null],
    ['pronto', 'seconds', null],
    ['10 x', 'tickets', null],
    ['1.5', 'tickets', null],
    ['1.000', 'tickets', null],
    ['5 10', 'seconds', null],
    ['10 s!', 'seconds', null],
    ['9'.repeat(13), 'tickets', null],
  ] as const)('«%s» of %s is %s', (text, unit, value) => {
    expect(readAmount(text, unit)).toBe(value);
  });

  it('go from one round number to the next, and stop at the bounds', () => {
    const seconds = setting('seconds', 5, 3_600);
    expect(step(seconds, 30, 1)).toBe(45);
    expect(step(seconds, 33, 1)).toBe(45);
    expect(step(seconds, 33, -1)).toBe(30);
    expect(step(seconds, 5, -1)).toBe(5);
    expect(step(seconds, 3_600, 1)).toBe(3_600);
    const tickets = setting('tickets', 0, 1_000);
    expect([step(tickets, 10, 1), step(tickets, 0, -1), step(tickets, 1_000, 1)]).toEqual([11, 0, 1_000]);
    const long = setting('days', 0, 36_500);
    expect(step(long, 3_650, 1)).toBe(36_500);
  });
});
