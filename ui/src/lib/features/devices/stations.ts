// Stations as whoever manages the house makes and closes them.

import type { I18n } from '../../i18n/i18n.svelte';
import type { DeviceView, StationChain } from '../../ipc/bindings.gen';
import { placeName } from './words';

/** Longest name of a station, as the core has it. */
export const LONGEST_STATION = 30;

/** Where tickets of a station come out, the first choice first. */
export function placesOf(chain: StationChain, devices: readonly DeviceView[], i18n: I18n): string {
  return chain.tiers
    .flat()
    .map((place) => placeName(place, devices, i18n))
    .join(' → ');
}

/** Who may make what a station made, and who is meant while nobody has chosen: the only one, when there is one. */
export function successorsOf(
  chains: readonly StationChain[],
  stationId: string,
): { others: StationChain[]; likely: string | null } {
  const others = chains.filter((chain) => chain.station_id !== stationId);
  return { others, likely: others.length === 1 ? (others[0]?.station_id ?? null) : null };
}
