// What a new house still needs, told from what is there.

import type { FirstStepsView, Permission } from '../../ipc/bindings.gen';

export const FIRST_STEPS = ['printers', 'menu', 'tables', 'people', 'ticket'] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];

/** Where each is done, and what leave that needs. */
export const PLACES = {
  printers: { href: '/printers', needs: 'manage_settings' },
  menu: { href: '/menu', needs: 'manage_settings' },
  tables: { href: '/floor-plan', needs: 'manage_settings' },
  people: { href: '/people', needs: 'manage_roles' },
  ticket: { href: '/', needs: 'take_orders' },
} as const satisfies Record<FirstStep, { href: string; needs: Permission }>;

export function isDone(step: FirstStep, view: FirstStepsView): boolean {
  switch (step) {
    case 'printers':
      return view.stations > 0 && view.served_stations === view.stations;
    case 'menu':
      return view.products > 0;
    case 'tables':
      return view.tables > 0;
    case 'people':
      return view.people > 1;
    case 'ticket':
      return view.has_printed;
  }
}

/** Events after which something of it may be otherwise. */
export const MOVES: ReadonlySet<string> = new Set([
  'menu_changed',
  'floor_changed',
  'people_changed',
  'settings_changed',
  'pulse_changed',
]);
