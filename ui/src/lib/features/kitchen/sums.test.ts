import { expect, it } from 'vitest';
import { stillToMake } from './sums';
import { line, ticket } from './testing';

it('counts by product over all tickets, most first, without what was taken back', () => {
  const of = (name: string, quantity: number, voided = false) =>
    line({ line_id: `${name}-${String(quantity)}`, name, quantity, product_id: name, voided });
  const tickets = [
    ticket('a', { lines: [of('Papa', 3), of('Ajiaco', 1), of('Limonada', 9, true)] }),
    ticket('b', { station_id: 'bar', lines: [of('Limonada', 2), of('Ajiaco', 4)] }),
  ];
  expect(stillToMake(tickets)).toEqual([
    { name: 'Ajiaco', quantity: 5, product_id: 'Ajiaco' },
    { name: 'Papa', quantity: 3, product_id: 'Papa' },
    { name: 'Limonada', quantity: 2, product_id: 'Limonada' },
  ]);
});

it('knows the product also when an older ticket did not', () => {
  const old = ticket('a', { lines: [line({ product_id: null, quantity: 1 })] });
  expect(stillToMake([old, ticket('b', { lines: [line({ quantity: 2 })] })])).toEqual([
    { name: 'Ajiaco santafereño', quantity: 3, product_id: 'ajiaco' },
  ]);
});
