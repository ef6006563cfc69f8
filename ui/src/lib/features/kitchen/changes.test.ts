// What a cook hears and sees outlined is what truly happened between two readings of the board.
import { describe, expect, it } from 'vitest';
import { changesBetween, mostPressing } from './changes';
import { line, ticket } from './testing';

const none: ReadonlySet<string> = new Set();
const quiet = { marked: [], alert: null };

describe('changes of the board', () => {
  it('is quiet when nothing changed, and when a ticket left', () => {
    const board = [ticket('a'), ticket('b')];
    expect(changesBetween(board, board, none)).toEqual(quiet);
    expect(changesBetween(board, board.slice(1), none)).toEqual(quiet);
    expect(changesBetween(board, [ticket('a', { state: 'seen' }), ticket('b')], none)).toEqual(quiet);
  });

  it.each([
    ['a new ticket is heard and not outlined', { kind: 'new' }, [], 'new'],
    ['a change is outlined', { kind: 'change' }, ['x'], 'change'],
    ['a void is outlined', { kind: 'void' }, ['x'], 'void'],
    ['an urgent ticket has its own sound', { urgent: true }, [], 'urgent'],
    ['a void stays a void when it is urgent', { kind: 'void', urgent: true }, ['x'], 'void'],
  ] as const)('%s', (_, fields, marked, alert) => {
    expect(changesBetween([ticket('a')], [ticket('a'), ticket('x', fields)], none)).toEqual({
      marked,
      alert,
    });
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
    expect(changesBetween([ticket('a')], [after], none)).toEqual({ marked: ['a'], alert });
  });

  it('is quiet about a ticket that a recall brought back', () => {
    expect(changesBetween([], [ticket('a', { kind: 'change' })], new Set(['a']))).toEqual(quiet);
  });

  it('makes one sound, the most pressing', () => {
    const after = [ticket('a'), ticket('b', { kind: 'void' }), ticket('c', { kind: 'change' })];
    expect(changesBetween([], after, none).alert).toBe('void');
    expect(mostPressing(['urgent', 'void', 'new'])).toBe('urgent');
    expect(mostPressing([])).toBeNull();
  });
});
