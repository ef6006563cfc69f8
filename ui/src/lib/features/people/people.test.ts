import { describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type { PersonView, RolesView } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { People } from './people.svelte';

const person = (name: string, active = true): PersonView => ({
  id: name,
  name,
  role: 'waiter',
  language: 'es',
  active,
});

const rolesOf = (...permissions: RolesView['roles'][number]['permissions']): RolesView => ({
  roles: [{ role: 'waiter', name: 'Mesero', permissions }],
});

describe('the people of the house', () => {
  it('are read again when somebody changed them, and roles when permissions changed', async () => {
    const backend = new ScriptedBackend({
      get_people: () => ({ people: [person('Ana'), person('Luis', false)] }),
      list_roles: () => rolesOf('take_orders'),
    });
    const people = new People(backend);
    people.hear({ kind: 'menu_changed' });
    expect(backend.asked).toHaveLength(0);
    people.hear({ kind: 'people_changed' });
    await expect.poll(() => people.working.map((one) => one.name)).toEqual(['Ana']);
    expect(people.gone.map((one) => one.name)).toEqual(['Luis']);
    expect(backend.requests('list_roles')).toHaveLength(0);
    people.hear({ kind: 'permissions_changed' });
    await expect.poll(() => people.may('waiter', 'take_orders')).toBe(true);
    expect(people.may('waiter', 'void_line')).toBe(false);
    expect(people.may('cashier', 'take_orders')).toBe(false);
  });

  it('stand where their name belongs as soon as they are saved, and a wish without an answer keeps its id', async () => {
    let lost = true;
    const backend = new ScriptedBackend({
      get_people: () => ({ people: [person('Ana'), person('Zoe')] }),
      save_person: ({ user_id, active }) => {
        if (lost) throw new CallFailed('link_down', 'Sin conexión.');
        return person(user_id, active);
      },
    });
    const people = new People(backend);
    await people.people.read();
    const wish = { user_id: 'Luis', name: 'Luis', role: 'waiter', language: 'es', active: true } as const;
    await expect(people.save({ ...wish, pin: '1234' })).rejects.toThrow('Sin conexión.');
    lost = false;
    await people.save({ ...wish, pin: '1234' });
    expect(people.working.map((one) => one.name)).toEqual(['Ana', 'Luis', 'Zoe']);
    await people.save({ ...wish, active: false, pin: null });
    expect([people.working.length, people.gone.map((one) => one.name)]).toEqual([2, ['Luis']]);
    const ids = backend.requests('save_person').map((one) => one.command_id);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(2);
  });

  it('have the permissions that the core answers', async () => {
    const backend = new ScriptedBackend({
      list_roles: () => rolesOf('take_orders'),
      change_role: () => rolesOf('take_orders', 'void_line'),
    });
    const people = new People(backend);
    await people.roles.read();
    await people.change('waiter', 'void_line', true);
    expect(people.may('waiter', 'void_line')).toBe(true);
  });
});
