// However long a ticket is, every line is on a card that says whose it is, in order and once.
import { describe, expect, it } from 'vitest';
import type { KitchenTicket } from '$lib/ipc/bindings.gen';
import { fillColumns, lineRows, linesRoom, partsOf } from './parts';
import { line, ticket } from './testing';

const room = { rows: 8, chars_per_row: 30 };

describe('the cards of a ticket', () => {
  it('is one when it fits', () => {
    const lines = [line({ line_id: 'a' }), line({ line_id: 'b' })];
    expect(partsOf(lines, room)).toEqual([lines]);
  });

  it('keeps every line, in order and once, and overfills no card', () => {
    const lines = Array.from({ length: 80 }, (_, n) => line({ line_id: String(n) }));
    const parts = partsOf(lines, room);
    expect(parts.flat()).toEqual(lines);
    for (const part of parts) {
      expect(part.reduce((sum, one) => sum + lineRows(one, room), 0)).toBeLessThanOrEqual(room.rows);
    }
  });

  it('gives a line that is taller than a card a card of its own', () => {
    const tall = line({ line_id: 'tall', modifiers: Array.from({ length: 30 }, () => 'sin alcaparras') });
    const parts = partsOf([line({ line_id: 'a' }), tall, line({ line_id: 'b' })], room);
    expect(parts.map((part) => part.map((one) => one.line_id))).toEqual([['a'], ['tall'], ['b']]);
  });

  it('is one empty card for a ticket without lines', () => {
    expect(partsOf([], room)).toEqual([[]]);
  });
});

describe('the room for lines', () => {
  it('shrinks with every banner and heading of the card, and never vanishes', () => {
    const column = { rows: 20, chars_per_row: 30 };
    const plain = linesRoom(ticket('a'), column).rows;
    const courses = [line(), line({ line_id: 'b', course: 2 })];
    const fuller = [
      { urgent: true },
      { backup: true },
      { kind: 'change' },
      { note: 'Cumpleaños' },
      { lines: courses },
    ] as const;
    for (const fields of fuller) {
      expect(linesRoom(ticket('a', { ...fields } as Partial<KitchenTicket>), column).rows).toBeLessThan(
        plain,
      );
    }
    expect(linesRoom(ticket('a'), { rows: 1, chars_per_row: 30 }).rows).toBeGreaterThan(0);
  });
});

describe('the tickets that are laid out', () => {
  const board = Array.from({ length: 60 }, (_, n) => ticket(String(n), { number: n }));
  const column = { rows: 20, chars_per_row: 30 };

  it('are the oldest, enough for the columns and few of the rest', () => {
    const shown = fillColumns(board, 10, column);
    expect(shown).toEqual(board.slice(0, shown.length));
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.length).toBeLessThan(40);
  });

  it('are all when they fit, and one at least', () => {
    expect(fillColumns(board, 100, column)).toEqual(board);
    expect(fillColumns(board, 0, column)).toHaveLength(1);
    expect(fillColumns([], 4, column)).toEqual([]);
  });
});

describe('the rows of a line', () => {
  it('grow with a wrapped name, modifiers, a note, an allergy and the word of a void', () => {
    const plain = lineRows(line(), room);
    const longer = [
      line({ name: 'Cazuela de mariscos del Pacífico con leche de coco' }),
      line({ modifiers: ['sin alcaparras'] }),
      line({ note: 'bien caliente' }),
      line({ allergy: 'maní' }),
      line({ voided: true }),
    ];
    for (const one of longer) expect(lineRows(one, room)).toBeGreaterThan(plain);
  });
});
