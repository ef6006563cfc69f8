import { describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type { FloorSetup, RoomSetup, TableSetup, TableWish } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { tablePart } from './form';
import { Plan, spotOf, wishOf } from './setup.svelte';

function table(name: string, x: number, y: number, more: Partial<TableSetup> = {}): TableSetup {
  const looks = { seats: 4, shape: 'round' as const, width: 3, height: 3, active: true, open_orders: 0 };
  return { id: `t${name}`, name, x, y, ...looks, ...more };
}

const room = (name: string, ...tables: TableSetup[]): RoomSetup => ({
  id: name,
  name,
  active: true,
  tables,
});

const floorOf = (...rooms: RoomSetup[]): FloorSetup => ({ rooms, columns: 24, rows: 16, least_side: 2 });

/** The floor with tables as they are wished, as the core would write it. */
function written(view: FloorSetup, wishes: TableWish[]): FloorSetup {
  const rooms = view.rooms.map((one) => {
    const others = one.tables.filter((other) => !wishes.some((wish) => wish.table_id === other.id));
    const here = wishes.filter((wish) => wish.room_id === one.id);
    return {
      ...one,
      tables: [
        ...others,
        ...here.map(({ table_id, ...wish }) => table(wish.name, 0, 0, { ...wish, id: table_id })),
      ],
    };
  });
  return { ...view, rooms };
}

/** A core that keeps what it is told. */
async function opened(first: FloorSetup) {
  let view = first;
  const keep = (next: FloorSetup) => (view = next);
  const backend = new ScriptedBackend({
    get_floor_setup: () => view,
    save_table: (request) => keep(written(view, [request.table])),
    save_tables: (request) => keep(written(view, request.tables)),
    save_room: ({ room_id, name, active }) => {
      const others = view.rooms.filter((one) => one.id !== room_id);
      const tables = view.rooms.find((one) => one.id === room_id)?.tables ?? [];
      return keep({ ...view, rooms: [...others, { id: room_id, name, active, tables }] });
    },
    place_tables: ({ room_id, places }) => {
      const of = view.rooms.find((one) => one.id === room_id);
      const wishes = (of?.tables ?? []).map((one) => {
        const place = places.find(({ table_id }) => table_id === one.id);
        return { ...wishOf(of ?? room(''), one), ...(place ? spotOf(place) : {}) };
      });
      return keep(written(view, wishes));
    },
  });
  const plan = new Plan(backend);
  await plan.kept.read();
  return { plan, backend };
}

const spots = (plan: Plan) => Object.fromEntries(plan.standing.map(({ name, x, y }) => [name, [x, y]]));

describe('the plan of the floor', () => {
  it('is read again when somebody has changed it or an order has', async () => {
    const { plan, backend } = await opened(floorOf(room('Salón')));
    plan.hear({ kind: 'menu_changed' });
    expect(backend.asked).toHaveLength(1);
    plan.hear({ kind: 'floor_changed' });
    await expect.poll(() => backend.asked.length).toBe(2);
  });

  it('gives a new table the next number of the house and the first free place', async () => {
    const { plan } = await opened(
      floorOf(room('Salón', table('1', 1, 1)), room('Terraza', table('7', 1, 1))),
    );
    const id = await plan.addTable();
    expect(spots(plan)).toEqual({ '1': [1, 1], '8': [5, 1] });
    expect(plan.standing.find((one) => one.id === id)?.shape).toBe('round');
    await plan.takeBack();
    expect(spots(plan)).toEqual({ '1': [1, 1] });
    expect(plan.undo).toBeNull();
  });

  it('adds many in rows, brings back those that were there once, and takes all of them back', async () => {
    const { plan, backend } = await opened(
      floorOf(room('Salón', table('1', 1, 1), table('3', 1, 1, { active: false }))),
    );
    const coming = plan.several(1, 5, { seats: 2, shape: 'square' });
    expect(coming.map(({ name }) => name)).toEqual(['2', '3', '4', '5']);
    expect(coming[1]?.table_id).toBe('t3');
    await plan.addSeveral(coming);
    expect(Object.keys(spots(plan)).sort()).toEqual(['1', '2', '3', '4', '5']);
    await plan.takeBack();
    expect(Object.keys(spots(plan))).toEqual(['1']);
    expect(
      backend
        .requests('save_tables')
        .at(-1)
        ?.tables.every((one) => !one.active),
    ).toBe(true);
  });

  it('makes many smaller when they would not fit otherwise, and no more than fit', async () => {
    const { plan } = await opened(floorOf(room('Salón')));
    const [first] = plan.several(1, 5, null);
    expect(first).toMatchObject({ width: 3, height: 3 });
    const forty = plan.several(1, 40, null);
    expect(forty).toHaveLength(40);
    expect(forty.every(({ width, height }) => width === 2 && height === 2)).toBe(true);
    expect(plan.several(1, 300, null).length).toBeLessThanOrEqual(96);
  });

  it('shows a table where it was put while the core is asked, and where it was when that says no', async () => {
    const { plan, backend } = await opened(floorOf(room('Salón', table('1', 1, 1))));
    let refuse: (error: Error) => void = () => undefined;
    const place = backend.answers.place_tables;
    backend.answers.place_tables = () => new Promise((_, no) => (refuse = no));
    const asked = plan.place('t1', { x: 9, y: 9, width: 3, height: 3 });
    expect(plan.underWay.get('t1')).toMatchObject({ x: 9, y: 9 });
    expect(plan.saving).toBe(1);
    refuse(new CallFailed('out_of_bounds', 'Encima de otra.'));
    await expect(asked).rejects.toThrow('Encima de otra.');
    expect([plan.underWay.size, plan.saving, plan.undo]).toEqual([0, 0, null]);
    backend.answers.place_tables = place ?? (() => floorOf());
    await plan.place('t1', { x: 9, y: 9, width: 3, height: 3 });
    expect(spots(plan)).toEqual({ '1': [9, 9] });
    await plan.takeBack();
    expect(spots(plan)).toEqual({ '1': [1, 1] });
  });

  it('finds room for a table that comes back or goes to another room', async () => {
    const salon = room('Salón', table('1', 1, 1), table('9', 1, 1, { active: false }));
    const { plan } = await opened(floorOf(salon, room('Terraza', table('7', 1, 1))));
    await plan.saveTable({ ...wishOf(salon, table('9', 1, 1)), active: true });
    expect(spots(plan)).toEqual({ '1': [1, 1], '9': [5, 1] });
    await plan.saveTable({ ...wishOf(salon, table('1', 1, 1)), room_id: 'Terraza' });
    plan.chosen = 'Terraza';
    expect(spots(plan)).toEqual({ '7': [1, 1], '1': [5, 1] });
    await plan.takeBack();
    plan.chosen = 'Salón';
    expect(spots(plan)).toMatchObject({ '1': [1, 1] });
  });

  it('shows the room that was just made, and hides it again', async () => {
    const { plan } = await opened(floorOf(room('Salón')));
    await plan.saveRoom({ room_id: 'Patio', name: 'Patio', active: true });
    expect(plan.room?.id).toBe('Patio');
    await plan.takeBack();
    expect(plan.view?.rooms.find((one) => one.id === 'Patio')?.active).toBe(false);
  });
});

describe('what a table is refused for', () => {
  it('is said where it is', () => {
    const about = (code: 'name_taken' | 'must_keep' | 'out_of_bounds', name: string, active: boolean) =>
      tablePart(new CallFailed(code, ''), { name, active });
    expect(about('name_taken', '3', true)).toBe('name');
    expect(about('out_of_bounds', ' ', true)).toBe('name');
    expect(about('out_of_bounds', '3', true)).toBeNull();
    expect(about('must_keep', '3', false)).toBe('active');
    expect(about('must_keep', '3', true)).toBe('room');
    expect(tablePart(new Error('lost'), { name: '3', active: true })).toBeNull();
  });
});
