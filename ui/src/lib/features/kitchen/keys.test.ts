// Every key of the bump bar does its one thing, and no key does anything twice by being held.
import { describe, expect, it } from 'vitest';
import { keyAction, type Key } from './keys';

const press = (key: string, fields: Partial<Key> = {}) =>
  keyAction({ key, repeat: false, ctrlKey: false, altKey: false, metaKey: false, ...fields });

describe('the bump bar', () => {
  it.each([1, 5, 9])('%i is the ticket at that place', (position) => {
    expect(press(String(position))).toEqual({ kind: 'bump', position });
  });

  it.each([
    ['r', 'recall'],
    ['R', 'recall'],
    ['s', 'sum'],
    ['h', 'done'],
    ['ArrowRight', 'next'],
    ['PageDown', 'next'],
    ['ArrowLeft', 'previous'],
    ['PageUp', 'previous'],
    ['F11', 'fullScreen'],
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
});
