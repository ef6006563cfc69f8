// What is kept is little, is shared by the windows of one screen, and forgets what is oldest first.
import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryStorage } from '$lib/ipc/testing';
import { Acknowledged, MOST_KNOWN } from './acknowledged.svelte';
import { line, ticket } from './testing';

describe('what a cook has taken note of', () => {
  let storage: MemoryStorage;
  beforeEach(() => (storage = new MemoryStorage()));

  it('asks for nothing of a new ticket, and for a look at a change or a void', () => {
    const known = new Acknowledged(storage, 'cook');
    const open = (kind: 'new' | 'change' | 'void') => known.isOpen(ticket(kind, { kind }));
    expect([open('new'), open('change'), open('void')]).toEqual([false, true, true]);
  });

  it('is the ticket as it was: what becomes of it later asks again', () => {
    const known = new Acknowledged(storage, 'cook');
    known.meet([ticket('a')]);
    expect(known.isOpen(ticket('a', { state: 'seen', first_at: 5 }))).toBe(false);
    expect(known.isOpen(ticket('a', { lines: [line({ voided: true })] }))).toBe(true);
    known.note([ticket('a', { lines: [line({ voided: true })] })]);
    expect(known.isOpen(ticket('a', { lines: [line({ voided: true })] }))).toBe(false);
    expect(known.isOpen(ticket('a', { lines: [line({ voided: true })], note: 'Sin sal' }))).toBe(true);
  });

  it('does not take a change for known because it was met', () => {
    const known = new Acknowledged(storage, 'cook');
    known.meet([ticket('a'), ticket('c', { kind: 'change' })]);
    known.meet([ticket('a', { table: '5' })]);
    expect([
      known.isOpen(ticket('a', { table: '5' })),
      known.isOpen(ticket('c', { kind: 'change' })),
    ]).toEqual([true, true]);
  });

  it('is kept together with what another window of the screen keeps', () => {
    const [one, two] = [new Acknowledged(storage, 'cook'), new Acknowledged(storage, 'cook')];
    const change = (id: string) => ticket(id, { kind: 'change' });
    one.note([change('a')]);
    two.note([change('b')]);
    const again = new Acknowledged(storage, 'cook');
    expect([again.isOpen(change('a')), again.isOpen(change('b'))]).toEqual([false, false]);
  });

  it('is a cook’s alone: who only looks takes note for themselves', () => {
    const change = ticket('a', { kind: 'change' });
    new Acknowledged(storage, 'looker').note([change]);
    expect(new Acknowledged(storage, 'looker').isOpen(change)).toBe(false);
    expect(new Acknowledged(storage, 'cook').isOpen(change)).toBe(true);
  });

  it('is bounded, the oldest go first', () => {
    const known = new Acknowledged(storage, 'cook');
    const change = (n: number) => ticket(String(n), { kind: 'change' });
    known.note(Array.from({ length: MOST_KNOWN }, (_, n) => change(n)));
    known.note([change(0), change(MOST_KNOWN)]);
    const again = new Acknowledged(storage, 'cook');
    expect([0, 1, 2, MOST_KNOWN].map((n) => again.isOpen(change(n)))).toEqual([false, true, false, false]);
  });

  it('is nothing where nothing can be read', () => {
    storage.setItem('fastops.kitchen.known', '{no');
    expect(new Acknowledged(storage, 'cook').isOpen(ticket('a', { kind: 'change' }))).toBe(true);
  });
});
