// How long the kitchen takes, as it truly does now: what is told to whoever waits at the table.

import type { StationPulse, TicketView } from '../../ipc/bindings.gen';

const MINUTE_MS = 60_000;
/** How far the clock of a screen may be behind that of the core: it moves once a second, and news take their way. */
const BEHIND_MS = 2_000;

/** A station that makes something of what is typed, and in how many minutes it would be made. */
export type StationPace = { station: string; minutes: number };

/** The paces of some stations, of those that know theirs, in the house's order. */
export function pacesOf(stationIds: ReadonlySet<string>, pulses: readonly StationPulse[]): StationPace[] {
  return pulses.flatMap(({ station_id, station, ready_in_minutes: minutes }) =>
    minutes !== null && stationIds.has(station_id) ? [{ station, minutes }] : [],
  );
}

/** Minutes until the last of it is made; none where nobody knows. */
export function slowestOf(paces: readonly StationPace[]): number | null {
  return paces.length === 0 ? null : Math.max(...paces.map((pace) => pace.minutes));
}

/**
 * Whole minutes until a ticket is made, never fewer than it takes, and no more than were told when it was sent; 0 when it
 * should be made by now, none where nobody knows.
 */
export function minutesTo({ expected_at: at }: Pick<TicketView, 'expected_at'>, now: number): number | null {
  return at === null ? null : Math.max(0, Math.ceil((at - now - BEHIND_MS) / MINUTE_MS));
}

/** Minutes until the last of these tickets is made; none where nobody knows. */
export function minutesLeft(tickets: readonly TicketView[], now: number): number | null {
  const left = tickets.flatMap((ticket) => minutesTo(ticket, now) ?? []);
  return left.length === 0 ? null : Math.max(1, ...left);
}
