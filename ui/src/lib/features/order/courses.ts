// Courses and seats of an order that is being taken: which can be chosen, and what waits to be fired.

import type { OrderView } from '../../ipc/bindings.gen';
import type { CartLine, Draft } from './draft';

/** Most courses of a meal, and most seats that fit in a row. */
export const MOST_COURSES = 9;
export const MOST_SEATS = 20;
const USUAL_COURSES = 3;

/** Courses that lines can be typed for: the usual ones, those in use, and one more. */
export function choosableCourses(draft: Draft, view: OrderView | null): number[] {
  const used = [...draft.lines, ...(view?.lines ?? [])].map((line) => line.course);
  const last = Math.min(MOST_COURSES, Math.max(USUAL_COURSES, ...used.map((course) => course + 1)));
  return Array.from({ length: last }, (_, at) => at + 1);
}

/** Seats that lines can be typed for: as many as guests; none where there is one guest, or no table. */
export function choosableSeats(draft: Draft, view: OrderView | null): number[] {
  const used = [...draft.lines, ...(view?.lines ?? [])].map((line) => line.seat ?? 0);
  const covers = Math.max(view?.covers ?? draft.covers ?? 0, ...used);
  if (draft.table === null || covers < 2) return [];
  return Array.from({ length: Math.min(MOST_SEATS, covers) }, (_, at) => at + 1);
}

/**
 * Whether a new line of a course waits to be fired: as the others of the course do; else a later course waits for the
 * first.
 */
export function waitsToBeFired(course: number, draft: Draft, view: OrderView | null): boolean {
  const typed = draft.lines.findLast((line) => line.course === course);
  if (typed) return typed.held;
  const known = view?.courses.find((one) => one.course === course);
  if (known) return known.state === 'held' || known.state === 'partly';
  return course > 1;
}

/** The lines of a cart by their courses, the first first; each course in the order in which it was typed. */
export function byCourse(lines: readonly CartLine[]): { course: number; lines: CartLine[] }[] {
  const courses = [...new Set(lines.map((line) => line.course))].sort((a, b) => a - b);
  return courses.map((course) => ({ course, lines: lines.filter((line) => line.course === course) }));
}

/** The course that is fired next: the first of which something waits. */
export function nextCourse(view: OrderView | null): number | null {
  return view?.courses.find((course) => course.held > 0)?.course ?? null;
}

/** The one after it, and after the last the first again. */
export function after<T>(all: readonly T[], one: T): T {
  const [next = one] = all.slice((all.indexOf(one) + 1) % all.length);
  return next;
}
