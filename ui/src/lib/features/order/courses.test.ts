import { describe, expect, it } from 'vitest';
import type { CourseView } from '../../ipc/bindings.gen';
import { after, byCourse, choosableCourses, choosableSeats, nextCourse, waitsToBeFired } from './courses';
import { newDraft, type CartLine, type Draft } from './draft';
import { lineView, orderView, wish } from './testing';

const TABLE = { id: 'table-3', name: '3', room: 'Salón' };

function draft(lines: CartLine[] = [], fields: Partial<Draft> = {}): Draft {
  return { ...newDraft('order-1', { order_type: 'dine_in', table: TABLE }, false), lines, ...fields };
}

const typed = (id: string, fields: Partial<CartLine> = {}): CartLine => ({ ...wish('ajiaco', fields), id });

const course = (fields: Partial<CourseView>): CourseView => ({
  course: 2,
  state: 'held',
  held: 1,
  told_at: null,
  ...fields,
});

describe('courses of an order', () => {
  it('can be chosen as far as they are in use, and one further', () => {
    expect(choosableCourses(draft(), null)).toEqual([1, 2, 3]);
    expect(choosableCourses(draft([typed('a', { course: 3 })]), null)).toEqual([1, 2, 3, 4]);
    const view = orderView({ lines: [lineView('a', { course: 9 })] });
    expect(choosableCourses(draft(), view)).toHaveLength(9);
  });

  it('wait for the first, unless others of the same course do not', () => {
    expect(waitsToBeFired(1, draft(), null)).toBe(false);
    expect(waitsToBeFired(2, draft(), null)).toBe(true);
    expect(waitsToBeFired(2, draft([typed('a', { course: 2, held: false })]), null)).toBe(false);
    expect(waitsToBeFired(1, draft([typed('a', { course: 1, held: true })]), null)).toBe(true);
    const known = (state: CourseView['state']) => orderView({ courses: [course({ state })] });
    expect(waitsToBeFired(2, draft(), known('held'))).toBe(true);
    expect(waitsToBeFired(2, draft(), known('partly'))).toBe(true);
    expect(waitsToBeFired(2, draft(), known('fired'))).toBe(false);
    expect(waitsToBeFired(2, draft(), known('ready'))).toBe(false);
  });

  it('are fired in their order', () => {
    expect(nextCourse(null)).toBeNull();
    const fired = course({ course: 1, state: 'fired', held: 0 });
    expect(nextCourse(orderView({ courses: [fired] }))).toBeNull();
    expect(nextCourse(orderView({ courses: [fired, course({}), course({ course: 3 })] }))).toBe(2);
  });

  it('gather the lines of a cart', () => {
    const lines = [typed('a', { course: 2 }), typed('b'), typed('c', { course: 2 })];
    const found = byCourse(lines).map((one) => [one.course, ...one.lines.map((line) => line.id)]);
    expect(found).toEqual([
      [1, 'b'],
      [2, 'a', 'c'],
    ]);
  });
});

describe('seats at a table', () => {
  it('are as many as guests, and none for one guest or without a table', () => {
    expect(choosableSeats(draft([], { covers: 3 }), null)).toEqual([1, 2, 3]);
    expect(choosableSeats(draft([], { covers: 1 }), null)).toEqual([]);
    expect(choosableSeats(draft(), null)).toEqual([]);
    expect(choosableSeats(draft([], { covers: 3, table: null }), null)).toEqual([]);
    expect(choosableSeats(draft([], { covers: 900 }), null)).toHaveLength(20);
    expect(choosableSeats(draft([typed('a', { seat: 4 })], { covers: 2 }), null)).toEqual([1, 2, 3, 4]);
  });

  it('follow each other in a ring', () => {
    expect([null, 1, 2].map((seat) => after([null, 1, 2], seat))).toEqual([1, 2, null]);
  });
});
