import { describe, expect, it } from 'vitest';
import { en } from './en';
import { es } from './es';
import { form, plural } from './plural';

type Leaf = { path: string; value: string | ((...args: never[]) => string) };

function leaves(node: object, path = ''): Leaf[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]): Leaf[] => {
    const here = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'object' && value !== null) return leaves(value, here);
    return [{ path: here, value: value as Leaf['value'] }];
  });
}

/** What a person would read; arguments are stand-ins that fit numbers and words alike. */
function read(leaf: Leaf, argument: unknown): string {
  if (typeof leaf.value === 'string') return leaf.value;
  return leaf.value(...(Array.from({ length: Math.max(1, leaf.value.length) }, () => argument) as never[]));
}

const spanish = leaves(es);
const english = new Map(leaves(en).map((leaf) => [leaf.path, leaf]));

describe('the catalogues', () => {
  it('say the same things', () => {
    expect([...english.keys()].sort()).toEqual(spanish.map((leaf) => leaf.path).sort());
  });

  it('have a text behind every key, with and without a count', () => {
    const all = [...spanish, ...english.values()];
    for (const leaf of all) {
      for (const argument of [0, 1, 7]) expect(read(leaf, argument).trim(), leaf.path).not.toBe('');
      expect(read(leaf, 7), leaf.path).not.toMatch(/undefined|\[object|NaN/);
    }
  });

  it('use what they are given in both languages or in neither', () => {
    for (const leaf of spanish) {
      const other = english.get(leaf.path);
      if (!other) continue;
      const uses = (one: Leaf) => read(one, 4711) !== read(one, 4712);
      expect(uses(other), leaf.path).toBe(uses(leaf));
    }
  });

  it('start no sentence with a space and end none with one', () => {
    for (const leaf of [...spanish, ...english.values()]) {
      const text = read(leaf, 7);
      expect(text, leaf.path).toBe(text.trim());
    }
  });
});

describe('plurals', () => {
  it.each([
    [0, '0 platos'],
    [1, '1 plato'],
    [2, '2 platos'],
    [-1, '-1 plato'],
  ])('%s', (count, text) => {
    expect(plural(count, 'plato', 'platos')).toBe(text);
  });

  it('give the form without the count', () => {
    expect([form(1, 'one', 'many'), form(3, 'one', 'many')]).toEqual(['one', 'many']);
  });

  it('reach the screens', () => {
    expect(es.common.items(1)).toBe('1 producto');
    expect(es.common.items(2)).toBe('2 productos');
    expect(en.common.items(1)).toBe('1 item');
    expect(en.common.items(0)).toBe('0 items');
  });
});
