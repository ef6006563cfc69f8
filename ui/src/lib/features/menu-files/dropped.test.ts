import { describe, expect, it } from 'vitest';
import { dropped } from './dropped';

const file = (name: string) => new File(['x'], name);

describe('what is dropped', () => {
  it('is taken when it is one file of a kind that can be read, however its name is written', () => {
    for (const name of ['carta.xlsx', 'Carta.CSV', 'carta de hoy.txt']) {
      const one = file(name);
      expect(dropped([one])).toEqual({ file: one });
    }
  });

  it('is refused with its reason', () => {
    expect(dropped([])).toEqual({ refused: { why: 'none' } });
    expect(dropped([file('a.csv'), file('b.csv')])).toEqual({ refused: { why: 'several', count: 2 } });
    for (const name of ['carta.pdf', 'csv', 'carta.csv.zip']) {
      expect(dropped([file(name)])).toEqual({ refused: { why: 'kind', name } });
    }
  });
});
