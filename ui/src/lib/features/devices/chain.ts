// Where a station's tickets go, as a list that a person puts in order: each place by itself, or sharing with the one
// above it.

import type { ChainPlace } from '../../ipc/bindings.gen';

/** `joined`: it shares the tickets with the one above, and does not only stand in for it. */
export type Step = { place: ChainPlace; joined: boolean };

export function stepsOf(tiers: readonly ChainPlace[][]): Step[] {
  return tiers.flatMap((tier) => tier.map((place, at) => ({ place, joined: at > 0 })));
}

export function tiersOf(steps: readonly Step[]): ChainPlace[][] {
  const tiers: ChainPlace[][] = [];
  for (const { place, joined } of steps) {
    const last = tiers.at(-1);
    if (joined && last) last.push(place);
    else tiers.push([place]);
  }
  return tiers;
}

/** A stable name of a place. */
export function keyOf(place: ChainPlace): string {
  return place === 'sender' ? 'sender' : place.device;
}

/** Moves a place up or down. Who shares with whom belongs to the rows, and stays. */
export function moved(steps: readonly Step[], at: number, by: -1 | 1): Step[] {
  const here = steps[at];
  const there = steps[at + by];
  if (!here || !there) return [...steps];
  return steps.map((step, row) => {
    if (row === at) return { ...step, place: there.place };
    return row === at + by ? { ...step, place: here.place } : step;
  });
}

/** Takes a place out. Whoever shared with it does not share with the one above instead. */
export function without(steps: readonly Step[], at: number): Step[] {
  const gone = steps[at];
  return steps.flatMap((step, row) => {
    if (row === at) return [];
    return row === at + 1 && gone && !gone.joined ? [{ ...step, joined: false }] : [step];
  });
}

/** Has a place share with the one above, or stand in for it. The first has none above. */
export function shared(steps: readonly Step[], at: number, joined: boolean): Step[] {
  return steps.map((step, row) => (row === at && row > 0 ? { ...step, joined } : step));
}

/** Whether a ticket has somewhere to go when one place fails. */
export function hasBackup(tiers: readonly ChainPlace[][]): boolean {
  return tiers.flat().length > 1;
}

export const ROLES = ['first', 'backup', 'none'] as const;
/** What a device is to a station. */
export type Role = (typeof ROLES)[number];

export function roleOf(tiers: readonly ChainPlace[][], deviceId: string): Role {
  const at = tiers.findIndex((tier) => tier.some((place) => keyOf(place) === deviceId));
  if (at < 0) return 'none';
  return at === 0 ? 'first' : 'backup';
}

/** The tiers with a device in another role: before all others, after all others, or in none. Who has it stays. */
export function withRole(tiers: readonly ChainPlace[][], deviceId: string, role: Role): ChainPlace[][] {
  if (roleOf(tiers, deviceId) === role) return tiers.map((tier) => [...tier]);
  const others = tiers
    .map((tier) => tier.filter((place) => keyOf(place) !== deviceId))
    .filter((tier) => tier.length > 0);
  const own: ChainPlace[] = [{ device: deviceId }];
  if (role === 'first') return [own, ...others];
  return role === 'backup' ? [...others, own] : others;
}
