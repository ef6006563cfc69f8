import { describe, expect, it } from 'vitest';
import type { ModifierGroupView } from '../../ipc/bindings.gen';
import { asParts } from './portions';

const answers = ['Pollo', 'Hawaiana', 'Vegetales'].map((name) => ({ id: name, name, price_minor: 0 }));
const group = (portioning: ModifierGroupView['portioning']): ModifierGroupView => {
  return { id: 'g', name: 'Sabores', min: 1, max: 3, portioning, modifiers: answers };
};
const called = (portioning: ModifierGroupView['portioning'], count: number) =>
  asParts(group(portioning), answers.slice(0, count)).map((one) => one.name);

describe('answers that share a unit', () => {
  it('say which part they are, and one alone is the whole', () => {
    expect(called('dearest', 1)).toEqual(['Pollo']);
    expect(called('dearest', 2)).toEqual(['½ Pollo', '½ Hawaiana']);
    expect(called('mean', 3)).toEqual(['1/3 Pollo', '1/3 Hawaiana', '1/3 Vegetales']);
  });

  it('are called by their name where each is one by itself', () => {
    expect(called('whole', 2)).toEqual(['Pollo', 'Hawaiana']);
  });
});
