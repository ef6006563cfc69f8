// Rooms and tables, as whoever arranges the house sees and changes them. What is said counts at once, at every till.

import { SvelteMap } from 'svelte/reactivity';
import type { Backend } from '../../ipc/backend';
import type {
  Event,
  FloorSetup,
  RoomSetup,
  TablePlace,
  TableSetup,
  TableShape,
  TableWish,
} from '../../ipc/bindings.gen';
import { newId } from '../../ipc/ids';
import { Kept } from '../../ipc/kept.svelte';
import { Teller, type Wish } from '../../ipc/tell';
import { freeSpot, freeSpots, nextNumber, overlaps, type Spot } from './geometry';

/** Commands that answer with all rooms as they are then. */
type Act = 'save_room' | 'order_rooms' | 'save_table' | 'save_tables' | 'place_tables';

export type RoomWish = Wish<'save_room'>;

/** What a new table is where no other shows how tables are here. */
const USUAL = { seats: 4, shape: 'square' as TableShape, width: 3, height: 3 };

export const spotOf = ({ x, y, width, height }: Spot): Spot => ({ x, y, width, height });

export function wishOf(room: RoomSetup, table: TableSetup): TableWish {
  const { id, name, seats, shape, active } = table;
  return { table_id: id, room_id: room.id, name, seats, shape, ...spotOf(table), active };
}

/** Every wish answers when the core has carried it out, and rejects with the core's sentence when it did not. */
export class Plan {
  readonly kept: Kept<FloorSetup>;
  /** The room that is shown; the first until one is chosen. */
  chosen = $state<string | null>(null);
  /** Takes the last act back; none when there is nothing to take back. */
  undo = $state.raw<(() => Promise<void>) | null>(null);
  /** Tables on their way to another place, and where to. */
  readonly underWay = new SvelteMap<string, Spot>();
  /** Acts that the core has not answered yet. */
  saving = $state(0);

  readonly #teller: Teller;

  constructor(backend: Backend) {
    this.#teller = new Teller(backend);
    this.kept = new Kept(() => backend.call('get_floor_setup', {}));
  }

  get view(): FloorSetup | null {
    return this.kept.value;
  }

  get room(): RoomSetup | null {
    const rooms = this.view?.rooms ?? [];
    return rooms.find((room) => room.id === this.chosen) ?? rooms[0] ?? null;
  }

  /** Tables of the room that stand on the floor. */
  get standing(): TableSetup[] {
    return this.room?.tables.filter((table) => table.active) ?? [];
  }

  /** Tables of the room that are off the floor. */
  get off(): TableSetup[] {
    return this.room?.tables.filter((table) => !table.active) ?? [];
  }

  hear(event: Event): void {
    if (event.kind === 'floor_changed' || event.kind === 'order_changed') void this.kept.read();
  }

  async saveRoom(wish: RoomWish): Promise<void> {
    const before = this.view?.rooms.find((room) => room.id === wish.room_id);
    await this.#tell('save_room', wish);
    this.chosen = wish.room_id;
    const back = { room_id: wish.room_id, name: before?.name ?? wish.name, active: before?.active ?? false };
    this.#undoable(() => this.#tell('save_room', back));
  }

  async orderRooms(ids: string[]): Promise<void> {
    const before = this.view?.rooms.map((room) => room.id) ?? [];
    await this.#tell('order_rooms', { room_ids: ids });
    this.#undoable(() => this.#tell('order_rooms', { room_ids: before }));
  }

  /** A table that goes to another room, or comes back, stands where there is room for it. */
  async saveTable(wish: TableWish): Promise<void> {
    const before = this.#find(wish.table_id);
    const comes = wish.active && (before?.table.active !== true || before.room.id !== wish.room_id);
    const settled = comes ? { ...wish, ...this.#settled(wish) } : wish;
    await this.#tell('save_table', { table: settled });
    const back = before ? wishOf(before.room, before.table) : { ...settled, active: false };
    this.#undoable(() => this.#tell('save_table', { table: back }));
  }

  /** Puts a table with the next number at the first free place; gives its id, or none in a full room. */
  async addTable(): Promise<string | null> {
    const names = this.view?.rooms.flatMap((room) => room.tables.map((table) => table.name)) ?? [];
    const number = nextNumber(names);
    const [table] = this.several(number, number, null);
    if (!table) return null;
    await this.#tell('save_table', { table });
    this.#undoable(() => this.#tell('save_table', { table: { ...table, active: false } }));
    return table.table_id;
  }

  /**
   * The tables from one number to another that are not on the floor of the room, in rows, as many as fit. Those that
   * were there once come back. Without a word they are like most of the room's.
   */
  several(from: number, to: number, like: { seats: number; shape: TableShape } | null): TableWish[] {
    const { view, room } = this;
    if (view === null || room === null) return [];
    const usual = this.#usual();
    const there = new Set(this.standing.map((table) => table.name));
    const names: string[] = [];
    for (let number = from; number <= to; number += 1)
      if (!there.has(String(number))) names.push(String(number));
    const least = { width: view.least_side, height: view.least_side };
    // Smaller ones where not all of them fit as they usually are.
    const [spots = []] = [usual, least]
      .map((size) => freeSpots(view, this.standing, size, names.length))
      .sort((one, other) => other.length - one.length);
    const { seats, shape } = like ?? usual;
    return spots.map((spot, at) => {
      const name = names[at] ?? '';
      const once = this.off.find((table) => table.name === name);
      return { table_id: once?.id ?? newId(), room_id: room.id, name, seats, shape, ...spot, active: true };
    });
  }

  async addSeveral(tables: TableWish[]): Promise<void> {
    await this.#tell('save_tables', { tables });
    const back = tables.map((table) => ({ ...table, active: false }));
    this.#undoable(() => this.#tell('save_tables', { tables: back }));
  }

  /** Puts a table elsewhere in the room, or makes it another size: it is shown there while the core is asked. */
  async place(tableId: string, spot: Spot): Promise<void> {
    const found = this.#find(tableId);
    if (!found) return;
    const to = (at: Spot): TablePlace => ({ table_id: tableId, ...spotOf(at) });
    const before = to(found.table);
    this.underWay.set(tableId, spot);
    try {
      await this.#tell('place_tables', { room_id: found.room.id, places: [to(spot)] });
    } finally {
      this.underWay.delete(tableId);
    }
    this.#undoable(() => this.#tell('place_tables', { room_id: found.room.id, places: [before] }));
  }

  /** Takes the last act back. */
  async takeBack(): Promise<void> {
    const { undo } = this;
    if (undo === null) return;
    this.undo = null;
    await undo();
  }

  #find(tableId: string): { room: RoomSetup; table: TableSetup } | null {
    for (const room of this.view?.rooms ?? []) {
      const table = room.tables.find((one) => one.id === tableId);
      if (table) return { room, table };
    }
    return null;
  }

  /** Where a table that comes to a room stands: as it wishes if nothing is there, else where there is room. */
  #settled(wish: TableWish): Spot {
    const own = spotOf(wish);
    const room = this.view?.rooms.find((one) => one.id === wish.room_id);
    if (this.view === null || !room) return own;
    const taken = room.tables.filter((table) => table.active && table.id !== wish.table_id);
    if (!taken.some((table) => overlaps(table, own))) return own;
    return freeSpot(this.view, taken, wish) ?? own;
  }

  /** As the last table of the room is, from the top left. */
  #usual(): typeof USUAL {
    const last = this.standing.findLast((table) => table.shape !== 'bar');
    if (!last) return USUAL;
    const { seats, shape, width, height } = last;
    return { seats, shape, width, height };
  }

  #undoable(act: () => Promise<void>): void {
    this.undo = act;
  }

  async #tell<N extends Act>(name: N, wish: Wish<N>): Promise<void> {
    this.saving += 1;
    try {
      const view = await this.#teller.tell(name, wish);
      this.kept.take(() => view);
    } finally {
      this.saving -= 1;
    }
  }
}
