// What a person's form asks for, and how permissions are told apart.

import { CallFailed } from '../../ipc/backend';
import type { Permission, Role } from '../../ipc/bindings.gen';
import type { Catalogue } from '../../i18n/es';

export const ROLES = ['admin', 'manager', 'cashier', 'waiter', 'kitchen'] as const satisfies readonly Role[];

type Group = keyof Catalogue['people']['roles']['groups'];

/** Every permission, beside those that it belongs with. */
export const GROUPS: readonly { id: Group; permissions: readonly Permission[] }[] = [
  {
    id: 'floor',
    permissions: [
      'see_floor',
      'take_orders',
      'void_line',
      'mark_urgent',
      'reprint_ticket',
      'manage_customers',
    ],
  },
  { id: 'money', permissions: ['print_bill', 'open_drawer', 'keep_till'] },
  { id: 'kitchen', permissions: ['see_kitchen', 'bump_tickets', 'set_availability'] },
  { id: 'printing', permissions: ['see_queue', 'steer_queue'] },
  { id: 'house', permissions: ['manage_settings', 'manage_roles'] },
];

/** What a role must keep: otherwise nobody could give permissions back. */
export function mustKeep(role: Role, permission: Permission): boolean {
  return role === 'admin' && permission === 'manage_roles';
}

export type PersonPart = 'name' | 'role' | 'pin' | 'again' | 'active';

/** The part of the form that a refusal is about; none when it is about no single part. */
export function personPart(error: unknown, active: boolean): PersonPart | null {
  if (!(error instanceof CallFailed)) return null;
  if (error.code === 'name_taken' || error.code === 'out_of_bounds') return 'name';
  if (error.code === 'bad_pin') return 'pin';
  if (error.code === 'must_keep') return active ? 'role' : 'active';
  return null;
}
