// Pages of the house's own affairs, beside the work of the day.

import type { Permission } from '$lib/ipc/bindings.gen';

export const HOUSES = [
  'till',
  'floor-plan',
  'menu',
  'people',
  'printers',
  'settings',
  'first-steps',
] as const;
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
