// Pages of the house's own affairs.

import type { Permission } from '$lib/ipc/bindings.gen';

/** Pages of the house's own affairs, and what each needs leave for. */
const HOUSES = ['till', 'floor-plan', 'menu', 'people', 'printers', 'settings', 'first-steps'] as const;
export type House = (typeof HOUSES)[number];
export const LEAVE = {
  till: 'keep_till',
  'floor-plan': 'manage_settings',
  menu: 'manage_settings',
  people: 'manage_roles',
  printers: 'manage_settings',
  settings: 'manage_settings',
  'first-steps': 'manage_settings',
} as const satisfies Record<House, Permission>;

/** The page of the house that a route is of; none of the work of the day. */
export function houseOf(routeId: string | null): House | null {
  const section = routeId?.split('/')[2];
  return HOUSES.find((one) => one === section) ?? null;
}
