import { describe, expect, it } from 'vitest';
import { es } from '../../i18n/es';
import { CallFailed } from '../../ipc/backend';
import type { Permission } from '../../ipc/bindings.gen';
import { GROUPS, mustKeep, personPart, ROLES } from './rules';

describe('permissions', () => {
  it('stand in the table once each, all of them', () => {
    const shown = GROUPS.flatMap((group) => group.permissions);
    const all = Object.keys(es.people.roles.permissions) as Permission[];
    expect([...shown].sort()).toEqual([...all].sort());
  });

  it('can be taken away, but for the one that gives them back', () => {
    const kept = ROLES.flatMap((role) =>
      GROUPS.flatMap((group) =>
        group.permissions.filter((one) => mustKeep(role, one)).map((one) => [role, one]),
      ),
    );
    expect(kept).toEqual([['admin', 'manage_roles']]);
  });
});

describe('a refusal is shown beside what it is about', () => {
  it.each([
    ['name_taken', true, 'name'],
    ['out_of_bounds', true, 'name'],
    ['bad_pin', true, 'pin'],
    ['must_keep', true, 'role'],
    ['must_keep', false, 'active'],
    ['link_down', true, null],
  ] as const)('%s', (code, active, part) => {
    expect(personPart(new CallFailed(code, 'No.'), active)).toBe(part);
  });
});
