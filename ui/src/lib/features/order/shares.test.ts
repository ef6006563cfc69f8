import { describe, expect, it } from 'vitest';
import { en } from '../../i18n/en';
import { es } from '../../i18n/es';
import type { DivisionView } from '../../ipc/bindings.gen';
import { shareOf } from './shares';

function division(weights: number[], seats: number[] = []): DivisionView {
  const parts = weights.map((_, at) => ({
    number: at + 1,
    seat: seats[at] ?? null,
    net_minor: 0,
    tax_minor: 0,
    total_minor: 0,
  }));
  const line = { line_id: 'soup', weights, amounts_minor: weights.map(() => 0), said: true };
  return { parts, lines: [line] };
}

describe('whose part of a bill a line is', () => {
  it.each([
    [[0, 3, 0], 'Parte 2', 'Part 2'],
    [[1, 1, 1], '1/3 cada una', '1/3 each'],
    [[5, 5], '1/2 cada una', '1/2 each'],
    [[2, 0, 2], 'Partes 1 y 3', 'Parts 1 and 3'],
    [[1, 1, 1, 0], 'Partes 1, 2 y 3', 'Parts 1, 2 and 3'],
    [[2, 0, 4], 'Parte 1: 1/3 · Parte 3: 2/3', 'Part 1: 1/3 · Part 3: 2/3'],
  ])('%j says so', (weights, spanish, english) => {
    expect(shareOf(division(weights), 'soup', es)).toBe(spanish);
    expect(shareOf(division(weights), 'soup', en)).toBe(english);
  });

  it('names seats where the parts are theirs', () => {
    expect(shareOf(division([1, 0], [4, 2]), 'soup', es)).toBe('Asiento 4');
    expect(shareOf(division([1, 0, 1], [4, 2, 6]), 'soup', en)).toBe('Seats 4 and 6');
  });

  it('says nothing of a whole bill, nor of a line that nobody pays', () => {
    expect(shareOf(null, 'soup', es)).toBeNull();
    expect(shareOf(division([1, 1]), 'voided', es)).toBeNull();
  });
});
