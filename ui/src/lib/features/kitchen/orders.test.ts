import { describe, expect, it } from 'vitest';
import type { HeldCourse, KitchenTicket, KitchenView } from '$lib/ipc/bindings.gen';
import { coursesOf, handedOf, heldAlone, linesOf, ordersOf } from './orders';
import { line, slip, ticket } from './testing';

function view(station: string, tickets: KitchenTicket[], done: KitchenTicket[] = []): KitchenView {
  const pulse = { station_id: station, station } as KitchenView['pulse'];
  const own = (one: KitchenTicket) => ({ ...one, station_id: station });
  return {
    station_id: station,
    station,
    tickets: tickets.map(own),
    done: done.map((one) => own({ ...one, state: 'ready' })),
    held: [],
    pulse,
    now: 0,
  };
}

const of = (order_id: string, created_at: number, fields: Partial<KitchenTicket> = {}) =>
  ticket(`${order_id}-${String(created_at)}`, { order_id, created_at, late_at: created_at + 600, ...fields });

const NOBODY = new Map<string, number>();

describe('the lines of a part', () => {
  const lines = (...tickets: KitchenTicket[]) =>
    linesOf({ station: 'Cocina', tickets, done: false }).map((one) => [one.line.name, one.gone, one.made]);
  const soup = line({ line_id: 'soup', name: 'Ajiaco' });
  const steak = line({ line_id: 'steak', name: 'Churrasco' });

  it('show a line that was taken back once, struck, whichever ticket says it', () => {
    const first = ticket('first', { lines: [soup, steak] });
    const back = ticket('back', { kind: 'void', lines: [steak] });
    expect(lines(first, back)).toEqual([
      ['Ajiaco', false, false],
      ['Churrasco', true, false],
    ]);
  });

  it('show what is taken back of a ticket that has left the screen', () => {
    expect(lines(ticket('back', { kind: 'void', lines: [steak] }))).toEqual([['Churrasco', true, false]]);
  });

  it('say once a ticket that it is a change or a void', () => {
    const kinds = (...tickets: KitchenTicket[]) =>
      linesOf({ station: 'Cocina', tickets, done: false }).map((one) => one.kind);
    const more = ticket('more', { kind: 'change', lines: [steak, line({ line_id: 'tea' })] });
    expect(kinds(ticket('first', { lines: [soup] }), more)).toEqual([null, 'change', null]);
    expect(kinds(ticket('back', { kind: 'void', lines: [steak] }))).toEqual(['void']);
  });

  it('are made with their own ticket', () => {
    const done = ticket('done', { state: 'ready', lines: [soup] });
    expect(lines(done, ticket('more', { lines: [steak] }))).toEqual([
      ['Ajiaco', false, true],
      ['Churrasco', false, false],
    ]);
  });
});

describe('the orders at the pass', () => {
  it('have a part for each station, done or not, and are ready when all are', () => {
    const stations = [
      view('Cocina', [of('a', 10)], [of('b', 20, { ready_at: 90 })]),
      view('Bar', [], [of('a', 10, { ready_at: 50 }), of('b', 20, { ready_at: 70 })]),
    ];
    const seen = ordersOf(stations, NOBODY).map((order) => [
      order.id,
      order.ready,
      order.parts.map((part) => `${part.station} ${part.done ? 'done' : 'making'}`),
    ]);
    expect(seen).toEqual([
      ['b', true, ['Cocina done', 'Bar done']],
      ['a', false, ['Cocina making', 'Bar done']],
    ]);
  });

  it('have the age of the oldest ticket that is still to make', () => {
    const [order] = ordersOf(
      [view('Cocina', [of('a', 40, { late_at: 900 }), of('a', 30, { late_at: 950 })], [of('a', 10)])],
      NOBODY,
    );
    expect([order?.created_at, order?.late_at]).toEqual([30, 900]);
  });

  it('leave the oldest first, and stand behind those that can leave', () => {
    const stations = [view('Cocina', [of('young', 9), of('old', 1)], [of('ready', 5, { ready_at: 8 })])];
    expect(ordersOf(stations, NOBODY).map((order) => order.id)).toEqual(['ready', 'old', 'young']);
  });

  it('stand before older ones when they are urgent, and behind what can leave', () => {
    const stations = [
      view('Cocina', [of('old', 1), of('urgent', 9, { urgent: true })], [of('ready', 5, { ready_at: 8 })]),
    ];
    expect(ordersOf(stations, NOBODY).map((order) => order.id)).toEqual(['ready', 'urgent', 'old']);
  });

  it('stand first when all that is still to make of them goes first, and behind what can leave', () => {
    const firsts = (bar: number | null) => [
      view(
        'Cocina',
        [of('old', 1, { urgent: true }), of('first', 9, { first_at: 70 })],
        [of('ready', 5, { ready_at: 8 })],
      ),
      view('Bar', [of('first', 10, { first_at: bar })]),
    ];
    const seen = (bar: number | null) =>
      ordersOf(firsts(bar), NOBODY).map((order) => [order.id, order.first_at]);
    expect(seen(60)).toEqual([
      ['ready', null],
      ['first', 60],
      ['old', null],
    ]);
    expect(seen(null)).toEqual([
      ['ready', null],
      ['old', null],
      ['first', null],
    ]);
  });

  it('tell what is held of them, together from all stations, also of orders without a card', () => {
    const course = (order_id: string, name: string): HeldCourse => ({
      order_id,
      order_number: 1,
      order_type: 'dine_in',
      table: '3',
      customer: null,
      waiter: 'Ana',
      course: 2,
      lines: [line({ name, course: 2 })],
    });
    const kitchen = {
      ...view('Cocina', [of('a', 1)]),
      held: [course('a', 'Churrasco'), course('b', 'Trucha')],
    };
    const bar = { ...view('Bar', []), held: [course('a', 'Vino')] };
    const orders = ordersOf([kitchen, bar], NOBODY);
    const things = (held: readonly HeldCourse[]) => held.map((one) => one.lines.map((each) => each.name));
    expect(orders.map((order) => things(order.held))).toEqual([[['Churrasco', 'Vino']]]);
    expect(orders.map(coursesOf)).toEqual([2]);
    expect(things(heldAlone([kitchen, bar], orders))).toEqual([['Trucha']]);
  });

  it('are to be had back after they were handed over, the last one first, for a while', () => {
    const done = [
      of('a', 10, { ready_at: 90 }),
      of('b', 20, { ready_at: 80 }),
      of('old', 1, { ready_at: 5 }),
    ];
    const station = { ...view('Cocina', [], done), now: 20 * 60_000 + 50 };
    const handed = new Map([
      ['old', 5],
      ['a', 90],
      ['b', 80],
    ]);
    expect(handedOf([station], handed).map((order) => order.id)).toEqual(['b', 'a']);
    expect(handedOf([station], new Map([['a', 70]]))).toEqual([]);
  });

  it('have what was noted for them, each note once', () => {
    const stations = [
      view('Cocina', [of('a', 1, { note: 'Cumpleaños' }), of('a', 2)]),
      view('Bar', [of('a', 3, { note: 'Cumpleaños' }), of('a', 4, { note: 'Sin prisa' })]),
    ];
    expect(ordersOf(stations, NOBODY)[0]?.notes).toEqual(['Cumpleaños', 'Sin prisa']);
  });

  it('are gone once handed over, and back when a station makes more of them', () => {
    const handed = new Map([['a', 90]]);
    const done = [of('a', 10, { ready_at: 90 })];
    expect(ordersOf([view('Cocina', [], done)], handed)).toEqual([]);
    const more = ordersOf([view('Cocina', [of('a', 95)], done)], handed);
    expect(more.map((order) => [order.id, order.ready])).toEqual([['a', false]]);
    const again = ordersOf([view('Cocina', [], [...done, of('a', 95, { ready_at: 120 })])], handed);
    expect(again.map((order) => [order.id, order.ready])).toEqual([['a', true]]);
  });

  it('go where their tickets go now, and wait for no slip that tells of it', () => {
    const moved = { from: '12', was: null, numbers: [], things: [] };
    const made = of('a', 10, { table: '12', ready_at: 50 });
    const going = of('a', 20, { table: '5', moved, ready_at: 60 });
    const told = slip('told', { order_id: 'a', created_at: 30 });
    const [order, ...more] = ordersOf([view('Cocina', [told], [made, going])], NOBODY);
    expect(more).toEqual([]);
    expect(order).toMatchObject({ ready: true, about: { table: '5' }, ready_at: 60 });
    expect(order?.parts.flatMap((part) => part.tickets.map((one) => one.id))).toEqual(['a-10', 'a-20']);
    expect(ordersOf([view('Cocina', [told])], NOBODY)).toEqual([]);
  });

  it('are urgent only while something urgent is still to make', () => {
    const urgent = (tickets: KitchenTicket[], done: KitchenTicket[]) =>
      ordersOf([view('Cocina', tickets, done)], NOBODY)[0]?.urgent;
    expect(urgent([of('a', 1, { urgent: true })], [])).toBe(true);
    expect(urgent([of('a', 1)], [of('a', 0, { urgent: true })])).toBe(false);
  });
});
