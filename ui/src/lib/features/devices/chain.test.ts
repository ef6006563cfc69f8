import { describe, expect, it } from 'vitest';
import type { ChainPlace } from '../../ipc/bindings.gen';
import { hasBackup, keyOf, moved, ROLES, roleOf, shared, stepsOf, tiersOf, without, withRole } from './chain';

const device = (id: string): ChainPlace => ({ device: id });
/** `a | b c` reads: a first; b and c share as its backup. */
const show = (tiers: ChainPlace[][]) => tiers.map((tier) => tier.map(keyOf).join(' ')).join(' | ');
const TIERS: ChainPlace[][] = [[device('a')], [device('b'), device('c')], ['sender']];

describe('where a station’s tickets go', () => {
  it('is a list and tiers again', () => {
    const steps = stepsOf(TIERS);
    expect(steps.map((step) => step.joined)).toEqual([false, false, true, false]);
    expect(tiersOf(steps)).toEqual(TIERS);
    expect(tiersOf([])).toEqual([]);
  });

  it('is put in order, and who shares stays with the rows', () => {
    const steps = stepsOf(TIERS);
    expect(show(tiersOf(moved(steps, 0, 1)))).toBe('b | a c | sender');
    expect(show(tiersOf(moved(steps, 3, -1)))).toBe('a | b sender | c');
    expect(moved(steps, 0, -1)).toEqual(steps);
    expect(moved(steps, 3, 1)).toEqual(steps);
  });

  it('loses a place, and nobody shares with somebody else for it', () => {
    const steps = stepsOf(TIERS);
    expect(show(tiersOf(without(steps, 1)))).toBe('a | c | sender');
    expect(show(tiersOf(without(steps, 2)))).toBe('a | b | sender');
    expect(show(tiersOf(without(steps, 0)))).toBe('b c | sender');
    const pair = stepsOf([[device('a'), device('b')]]);
    expect(tiersOf(without(pair, 0))).toEqual([[device('b')]]);
  });

  it('is shared or stood in for, but never with nobody above', () => {
    const steps = stepsOf(TIERS);
    expect(show(tiersOf(shared(steps, 1, true)))).toBe('a b c | sender');
    expect(show(tiersOf(shared(steps, 2, false)))).toBe('a | b | c | sender');
    expect(shared(steps, 0, true)).toEqual(steps);
  });

  it('has a backup when there is a second place', () => {
    expect([hasBackup([]), hasBackup([[device('a')]]), hasBackup(TIERS)]).toEqual([false, false, true]);
    expect(hasBackup([[device('a'), device('b')]])).toBe(true);
  });
});

describe('what a device is to a station', () => {
  it('is the first, also when it shares, a backup, or nothing', () => {
    expect(['a', 'b', 'c', 'd'].map((id) => roleOf(TIERS, id))).toEqual([
      'first',
      'backup',
      'backup',
      'none',
    ]);
    expect(roleOf([[device('a'), device('b')]], 'b')).toBe('first');
  });

  it('can be changed without touching the others', () => {
    expect(show(withRole(TIERS, 'c', 'first'))).toBe('c | a | b | sender');
    expect(show(withRole(TIERS, 'a', 'backup'))).toBe('b c | sender | a');
    expect(show(withRole(TIERS, 'a', 'none'))).toBe('b c | sender');
    expect(show(withRole(TIERS, 'd', 'first'))).toBe('d | a | b c | sender');
    expect(show(withRole([], 'd', 'backup'))).toBe('d');
  });

  it('stays where it is when it is that already', () => {
    for (const id of ['a', 'b', 'd']) expect(show(withRole(TIERS, id, roleOf(TIERS, id)))).toBe(show(TIERS));
  });

  it('is what it was made, whoever else is there', () => {
    for (const id of ['a', 'b', 'c', 'd']) {
      for (const role of ROLES) expect(roleOf(withRole(TIERS, id, role), id), `${id} ${role}`).toBe(role);
    }
  });
});
