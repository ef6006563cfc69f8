// A list mended in parts is what a whole reading would give.
import { describe, expect, it } from 'vitest';
import type { KitchenTicket, KitchenView } from '$lib/ipc/bindings.gen';
import { together, withFirsts, withTickets } from './merge';
import { line, ticket } from './testing';

const at = (id: string, created_at: number, fields: Partial<KitchenTicket> = {}) =>
  ticket(id, { created_at, number: created_at, lines: [line({ line_id: `line-of-${id}` })], ...fields });

function viewOf(tickets: KitchenTicket[], done: KitchenTicket[] = []): KitchenView {
  const pulse = { station_id: 'kitchen', station: 'Cocina' } as KitchenView['pulse'];
  return { station_id: 'kitchen', station: 'Cocina', tickets, done, held: [], pulse, now: 1 };
}

function after(view: KitchenView, tickets: KitchenTicket[], asked = tickets.map((one) => one.id)) {
  const { tickets: open, done, now } = withTickets(view, new Set(asked), { tickets, now: 2 });
  return { open: open.map((one) => one.id), done: done.map((one) => one.id), now, all: [...open, ...done] };
}

describe('tickets that were read anew', () => {
  it('stand where a whole reading puts them', () => {
    const view = viewOf([at('first', 5, { first_at: 90 }), at('a', 1), at('c', 3)]);
    expect(after(view, [at('b', 2)])).toMatchObject({ open: ['first', 'a', 'b', 'c'], now: 2 });
    expect(after(view, [at('c', 3, { first_at: 95 })]).open).toEqual(['first', 'c', 'a']);
    expect(after(view, [at('first', 5)]).open).toEqual(['a', 'c', 'first']);
  });

  it('go to what was done, the newest first, and come back from there', () => {
    const ready = (id: string, ready_at: number) => at(id, 1, { state: 'ready', ready_at });
    const view = viewOf([at('a', 1), at('b', 2)], [ready('y', 20), ready('x', 10)]);
    expect(after(view, [ready('a', 15)])).toMatchObject({ open: ['b'], done: ['y', 'a', 'x'] });
    expect(after(view, [at('y', 1)]).done).toEqual(['x']);
    const many = viewOf(
      [],
      Array.from({ length: 50 }, (_, n) => ready(`done-${String(n)}`, 100 - n)),
    );
    const { done } = after(many, [ready('newest', 200)]);
    expect([done.length, done[0], done.at(-1)]).toEqual([50, 'newest', 'done-48']);
  });

  it('are gone when they were asked for and did not come', () => {
    expect(after(viewOf([at('a', 1), at('b', 2)]), [], ['a']).open).toEqual(['b']);
  });

  it('strike out what a void takes back, whichever of the two came first', () => {
    const soup = at('a', 1, {
      lines: [line({ line_id: 'soup', quantity: 2 }), line({ line_id: 'tea', quantity: 3 })],
    });
    const back = at('void', 2, { kind: 'void', lines: [line({ line_id: 'soup', voided: true })] });
    for (const { all } of [after(viewOf([soup]), [back]), after(viewOf([back]), [soup])]) {
      const [struck] = all;
      expect(struck?.lines.map((one) => one.voided)).toEqual([true, false]);
      expect(struck?.item_count).toBe(3);
    }
  });

  it('leave the others the very same', () => {
    const view = viewOf([at('a', 1), at('b', 2)]);
    expect(after(view, [at('b', 2, { note: 'Sin sal' })]).all[0]).toBe(view.tickets[0]);
  });
});

describe('several stations on one board', () => {
  const station = (name: string, tickets: KitchenTicket[], done: KitchenTicket[] = [], now = 1) => ({
    ...viewOf(tickets, done),
    station_id: name,
    station: name,
    now,
  });
  const held = (id: string) => ({ order_id: 'o', course: 2, lines: [line({ line_id: id })] }) as never;

  it('stand in one order, also what was done, as late as the latest of them', () => {
    const ready = (id: string, ready_at: number) => at(id, 1, { state: 'ready', ready_at });
    const kitchen = station('Cocina', [at('k1', 1), at('k3', 3)], [ready('x', 10)]);
    const bar = station('Bar', [at('first', 9, { first_at: 90 }), at('b2', 2)], [ready('y', 20)], 7);
    const all = together([kitchen, bar]);
    expect(all?.tickets.map((one) => one.id)).toEqual(['first', 'k1', 'b2', 'k3']);
    expect([all?.done.map((one) => one.id), all?.now]).toEqual([['y', 'x'], 7]);
  });

  it('hold a course of an order once, with what each of them holds', () => {
    const kitchen = { ...station('Cocina', []), held: [held('soup')] };
    const bar = { ...station('Bar', []), held: [held('wine')] };
    const all = together([kitchen, bar]);
    expect(all?.held.map((course) => course.lines.map((one) => one.line_id))).toEqual([['soup', 'wine']]);
  });

  it('are that one’s own list when there is one, and none when there is none', () => {
    const kitchen = station('Cocina', [at('a', 1)]);
    expect([together([kitchen]), together([])]).toEqual([kitchen, null]);
  });
});

describe('what was just said to go first', () => {
  it('stands where the core will put it, and leaves the list alone when nothing was said', () => {
    const board = [at('first', 5, { first_at: 90 }), at('a', 1), at('b', 2)];
    const ids = (wished: [string, number | null][]) =>
      withFirsts(board, new Map(wished)).map((one) => one.id);
    expect(ids([['b', 91]])).toEqual(['first', 'b', 'a']);
    expect(ids([['first', null]])).toEqual(['a', 'b', 'first']);
    expect(withFirsts(board, new Map())).toBe(board);
  });
});
