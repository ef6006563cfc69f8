import { describe, expect, it } from 'vitest';
import { en } from '$lib/i18n/en';
import { es } from '$lib/i18n/es';
import { actionOf, KEYS, shortcuts, TOLD, type Action, type Pressed, type Where } from './keys';

const FREE: Where = { sheet: false, typing: false, empty: true };
const IN_EMPTY_FIELD: Where = { sheet: false, typing: true, empty: true };
const IN_FIELD: Where = { sheet: false, typing: true, empty: false };
const IN_SHEET: Where = { sheet: true, typing: true, empty: true };

const press = (key: string, where: Where, fields: Partial<Pressed> = {}) =>
  actionOf({ key, ctrlKey: false, altKey: false, metaKey: false, ...fields }, where);

describe('the keys of the main window', () => {
  it.each([
    ['F9', 'send', 'send', 'send', null],
    ['F8', 'queue', 'queue', 'queue', 'queue'],
    ['Escape', 'back', 'back', 'back', null],
    ['?', 'help', 'help', null, null],
    ['+', 'more', 'more', null, null],
    ['-', 'less', 'less', null, null],
    ['Delete', 'remove', 'remove', null, null],
    ['/', 'orderMenu', 'orderMenu', null, null],
    ['!', 'fire', 'fire', null, null],
    ['.', 'course', 'course', null, null],
    [',', 'seat', 'seat', null, null],
    ['l', 'search', null, null, null],
    ['7', 'search', null, null, null],
    [' ', null, null, null, null],
    ['Enter', null, null, null, null],
    ['Tab', null, null, null, null],
  ] as const)('%s, at rest, in an empty field, in a field, in a sheet', (key, ...expected) => {
    const found = [FREE, IN_EMPTY_FIELD, IN_FIELD, IN_SHEET].map((where) => press(key, where));
    expect(found).toEqual(expected);
  });

  it("leaves the browser's own shortcuts alone", () => {
    for (const held of ['ctrlKey', 'altKey', 'metaKey'] as const) {
      expect(press('l', FREE, { [held]: true })).toBeNull();
      expect(press('F9', FREE, { [held]: true })).toBeNull();
    }
  });

  it('are all told in the list, in both languages', () => {
    const signs: Action[] = [
      'more',
      'less',
      'remove',
      'orderMenu',
      'fire',
      'course',
      'seat',
      'back',
      'search',
    ];
    const all = [...(Object.keys(KEYS) as Action[]), ...signs];
    expect([...TOLD].sort()).toEqual(all.sort());
    for (const catalogue of [es, en]) {
      const rows = shortcuts(catalogue.keys).flatMap((group) => group.rows);
      expect(rows.flatMap((row) => row.caps)).toEqual(expect.arrayContaining(Object.values(KEYS)));
      expect(new Set(rows.map((row) => row.does)).size).toBe(rows.length);
    }
  });
});
