import { describe, expect, it } from 'vitest';
import { FIRST_STEPS, isDone } from './first-steps';

const nothing = {
  stations: 2,
  served_stations: 0,
  products: 0,
  tables: 0,
  people: 1,
  has_printed: false,
  told: true,
};
const done = (view: Partial<typeof nothing>) =>
  FIRST_STEPS.filter((step) => isDone(step, { ...nothing, ...view }));

describe('the first steps', () => {
  it('are open in a house that has nothing', () => {
    expect(done({})).toEqual([]);
    expect(done({ stations: 0 })).toEqual([]);
  });

  it('are done by what is there, one by one', () => {
    expect(done({ served_stations: 1 })).toEqual([]);
    expect(done({ served_stations: 2 })).toEqual(['printers']);
    expect(done({ products: 1 })).toEqual(['menu']);
    expect(done({ tables: 1 })).toEqual(['tables']);
    expect(done({ people: 2 })).toEqual(['people']);
    expect(done({ has_printed: true })).toEqual(['ticket']);
  });
});
