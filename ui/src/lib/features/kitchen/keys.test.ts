// Every key of the bump bar does its one thing, and no key does anything twice by being held.
import { describe, expect, it } from 'vitest';
import { en } from '$lib/i18n/en';
import { es } from '$lib/i18n/es';
import { actions, keyAction, shortcuts, TOLD, type Key } from './keys';

const press = (key: string, fields: Partial<Key> = {}) =>
  keyAction({ key, repeat: false, ctrlKey: false, altKey: false, metaKey: false, ...fields });

describe('the bump bar', () => {
  it.each([1, 5, 9])('%i is the ticket at that place', (position) => {
    expect(press(String(position))).toEqual({ kind: 'bump', position });
  });

  it.each([
    ['a', 'acknowledge'],
    ['Enter', 'acknowledge'],
    ['r', 'recall'],
    ['R', 'recall'],
    ['s', 'sum'],
    ['h', 'done'],
    ['ArrowRight', 'next'],
    ['PageDown', 'next'],
    ['ArrowLeft', 'previous'],
    ['PageUp', 'previous'],
    ['F11', 'fullScreen'],
    ['?', 'help'],
    ['F1', 'help'],
  ] as const)('%s is %s', (key, kind) => {
    expect(press(key)).toEqual({ kind });
  });

  it('leaves other keys, held keys and the browser’s own shortcuts alone', () => {
    expect(press('0')).toBeNull();
    expect(press('x')).toBeNull();
    expect(press('1', { repeat: true })).toBeNull();
    expect(press('r', { ctrlKey: true })).toBeNull();
    expect(press('1', { altKey: true })).toBeNull();
    expect(press('s', { metaKey: true })).toBeNull();
  });

  it('leaves «Enter» to the button on which the keyboard stands, and takes every other key there', () => {
    const at = (key: string) =>
      keyAction({ key, repeat: false, ctrlKey: false, altKey: false, metaKey: false }, true);
    expect([at('Enter'), at('a'), at('1')]).toEqual([
      null,
      { kind: 'acknowledge' },
      { kind: 'bump', position: 1 },
    ]);
  });

  it('is told whole in the list behind «?», in both languages', () => {
    for (const action of actions()) expect(TOLD.has(action.kind), action.kind).toBe(true);
    for (const catalogue of [es, en]) {
      const rows = shortcuts(catalogue.keys).flatMap((group) => group.rows);
      expect(rows.flatMap((row) => row.caps)).toEqual(
        expect.arrayContaining(['1–9', 'B', 'A', 'Enter', 'R', 'S', 'H', 'F11']),
      );
      expect(new Set(rows.map((row) => row.does)).size).toBe(rows.length);
    }
  });
});
