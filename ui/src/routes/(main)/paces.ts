// How long the stations take with what is typed.

import type { Menu } from '$lib/features/menu/menu.svelte';
import type { Hand } from '$lib/features/order/hand.svelte';
import { pacesOf, type StationPace } from '$lib/features/order/pace';
import type { StationPulse } from '$lib/ipc/bindings.gen';

/** Where what is typed is made, and how long that takes now. */
export function pacesIn(hand: Hand, menu: Menu, pulses: readonly StationPulse[]): StationPace[] {
  const lines = hand.draft?.lines ?? [];
  const ids = lines.flatMap(({ product_id, parts }) =>
    parts.length > 0 ? parts.map((part) => part.product_id) : [product_id],
  );
  return pacesOf(new Set(ids.flatMap((id) => menu.product(id)?.station_id ?? [])), pulses);
}
