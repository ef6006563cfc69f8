// What a cook hears is what truly happened between two readings of the board.
import { describe, expect, it } from 'vitest';
import { alertBetween, mostPressing } from './changes';
import { line, ticket } from './testing';

const none: ReadonlySet<string> = new Set();

describe('changes of the board', () => {
  it('is quiet when nothing changed, and when a ticket left', () => {
    const board = [ticket('a'), ticket('b')];
    expect(alertBetween(board, board, none)).toBeNull();
    expect(alertBetween(board, board.slice(1), none)).toBeNull();
    expect(alertBetween(board, [ticket('a', { state: 'seen' }), ticket('b')], none)).toBeNull();
  });

  it.each([
    ['a new ticket', { kind: 'new' }, 'new'],
    ['a change', { kind: 'change' }, 'change'],
    ['a void', { kind: 'void' }, 'void'],
    ['an urgent ticket has its own sound', { urgent: true }, 'urgent'],
    ['a void stays a void when it is urgent', { kind: 'void', urgent: true }, 'void'],
  ] as const)('%s', (_, fields, alert) => {
    expect(alertBetween([ticket('a')], [ticket('a'), ticket('x', fields)], none)).toBe(alert);
  });

  it.each([
    ['a line taken back', { lines: [line({ voided: true })] }, 'void'],
    ['a line taken off', { lines: [] }, 'void'],
    ['a line added', { lines: [line(), line({ line_id: 'line-2' })] }, 'change'],
    ['another table', { table: '5' }, 'change'],
    ['another note', { note: 'Sin prisa' }, 'change'],
    ['pushed to the front', { urgent: true }, 'urgent'],
  ] as const)('a ticket under the cook’s hands: %s', (_, fields, alert) => {
    const after = ticket('a', { ...fields, lines: [...('lines' in fields ? fields.lines : [line()])] });
    expect(alertBetween([ticket('a')], [after], none)).toBe(alert);
  });

  it('is quiet about a ticket that a recall brought back', () => {
    expect(alertBetween([], [ticket('a', { kind: 'change' })], new Set(['a']))).toBeNull();
  });

  it('makes one sound, the most pressing', () => {
    const after = [ticket('a'), ticket('b', { kind: 'void' }), ticket('c', { kind: 'change' })];
    expect(alertBetween([], after, none)).toBe('void');
    expect(mostPressing(['urgent', 'void', 'new'])).toBe('urgent');
    expect(mostPressing([])).toBeNull();
  });
});
