import { describe, expect, it } from 'vitest';
import { callOf } from './calls';
import { ticket } from './testing';

describe('another page', () => {
  it('calls with what is urgent there, then with a change of which nobody took note', () => {
    const [plain, changed] = [ticket('a'), ticket('b', { kind: 'change' })];
    const marked = new Set(['b']);
    expect(callOf([plain], marked)).toBeNull();
    expect(callOf([plain, changed], marked)).toBe('changed');
    expect(callOf([plain, changed], new Set())).toBeNull();
    expect(callOf([changed, ticket('c', { urgent: true })], marked)).toBe('urgent');
  });
});
