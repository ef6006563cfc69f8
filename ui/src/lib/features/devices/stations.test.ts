import { describe, expect, it } from 'vitest';
import type { StationChain } from '../../ipc/bindings.gen';
import { successorsOf } from './stations';

const chain = (station: string): StationChain => ({ station_id: station, station, tiers: [], makes: 1 });
const successors = (all: string[], closed: string) => {
  const { others, likely } = successorsOf(all.map(chain), closed);
  return { others: others.map((one) => one.station), likely };
};

describe('who makes what a closed station made', () => {
  it('is any other station', () => {
    expect(successors(['Cocina', 'Bar', 'Postres'], 'Bar')).toEqual({
      others: ['Cocina', 'Postres'],
      likely: null,
    });
  });

  it('is the only other one unless somebody says otherwise, and nobody where there is none', () => {
    expect(successors(['Cocina', 'Bar'], 'Bar')).toEqual({ others: ['Cocina'], likely: 'Cocina' });
    expect(successors(['Cocina'], 'Cocina')).toEqual({ others: [], likely: null });
  });
});
