import { describe, expect, it } from 'vitest';
import type { ChainPlace } from '../../ipc/bindings.gen';
import { hasBackup, keyOf, moved, shared, stepsOf, tiersOf, without } from './chain';

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
