// Who works here and what each role may do, as whoever employs them sees and says it.

import type { Backend } from '../../ipc/backend';
import type { Event, Permission, PersonView, Role, RolesView } from '../../ipc/bindings.gen';
import { Kept } from '../../ipc/kept.svelte';
import { Teller, type Wish } from '../../ipc/tell';

export type PersonWish = Wish<'save_person'>;

/** Every wish answers when the core has carried it out, and rejects with the core's sentence when it did not. */
export class People {
  readonly people: Kept<PersonView[]>;
  readonly roles: Kept<RolesView>;
  readonly #teller: Teller;

  constructor(backend: Backend) {
    this.#teller = new Teller(backend);
    this.people = new Kept(async () => (await backend.call('get_people', {})).people);
    this.roles = new Kept(() => backend.call('list_roles', {}));
  }

  get working(): PersonView[] {
    return this.people.value?.filter((one) => one.active) ?? [];
  }

  get gone(): PersonView[] {
    return this.people.value?.filter((one) => !one.active) ?? [];
  }

  may(role: Role, permission: Permission): boolean {
    const view = this.roles.value?.roles.find((one) => one.role === role);
    return view?.permissions.includes(permission) ?? false;
  }

  read(): void {
    void this.people.read();
    void this.roles.read();
  }

  hear(event: Event): void {
    if (event.kind === 'people_changed') void this.people.read();
    if (event.kind === 'permissions_changed') void this.roles.read();
  }

  async save(wish: PersonWish): Promise<void> {
    const saved = await this.#teller.tell('save_person', wish);
    this.people.take((people) => {
      const rest = people.filter((one) => one.id !== saved.id);
      return [...rest, saved].sort((a, b) => a.name.localeCompare(b.name));
    });
  }

  async change(role: Role, permission: Permission, allowed: boolean): Promise<void> {
    const view = await this.#teller.tell('change_role', { role, permission, allowed });
    this.roles.take(() => view);
  }
}
