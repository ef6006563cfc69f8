// Lists of tickets put together: a station's after some of its tickets were read anew, without the rest of it, and those
// of several stations. They stand as if all of it had been read: the same order, the same lines taken back.

import type { HeldCourse, KitchenTicket, KitchenTickets, KitchenView } from '$lib/ipc/bindings.gen';

/** How many of the tickets done last a list has; what a recall can bring back. */
const DONE = 50;

const byAge = (a: KitchenTicket, b: KitchenTicket) => a.created_at - b.created_at || a.number - b.number;

/** What goes first in the order in which that was said, then oldest first. */
function toMakeInOrder(a: KitchenTicket, b: KitchenTicket): number {
  return (a.first_at ?? Infinity) - (b.first_at ?? Infinity) || byAge(a, b);
}

/** Newest first. */
function doneInOrder(a: KitchenTicket, b: KitchenTicket): number {
  return (b.ready_at ?? 0) - (a.ready_at ?? 0) || byAge(a, b);
}

/** Strikes the lines out that a ticket of the list takes back, wherever they stand. Tickets without any stay the same objects. */
function withVoids(tickets: readonly KitchenTicket[]): KitchenTicket[] {
  const voids = tickets.filter((ticket) => ticket.kind === 'void');
  const gone = new Set(voids.flatMap((ticket) => ticket.lines.map((line) => line.line_id)));
  return tickets.map((ticket) => {
    if (!ticket.lines.some((line) => !line.voided && gone.has(line.line_id))) return ticket;
    const lines = ticket.lines.map((line) => (gone.has(line.line_id) ? { ...line, voided: true } : line));
    const left = lines.filter((line) => !line.voided);
    return { ...ticket, lines, item_count: left.reduce((sum, line) => sum + line.quantity, 0) };
  });
}

/** The list with those tickets as they are now; one that was asked for and did not come is on it no longer. */
export function withTickets(
  view: KitchenView,
  asked: ReadonlySet<string>,
  { tickets, now }: KitchenTickets,
): KitchenView {
  const rest = [...view.tickets, ...view.done].filter((ticket) => !asked.has(ticket.id));
  const all = withVoids([...rest, ...tickets]);
  return {
    ...view,
    tickets: all.filter((ticket) => ticket.state !== 'ready').sort(toMakeInOrder),
    done: all
      .filter((ticket) => ticket.state === 'ready')
      .sort(doneInOrder)
      .slice(0, DONE),
    now,
  };
}

/** What one screen shows, of however many stations. */
export type BoardView = Pick<KitchenView, 'tickets' | 'done' | 'held' | 'now'>;

/** What is held of one course of an order, once, whichever stations hold it. */
export function heldTogether(held: readonly HeldCourse[]): HeldCourse[] {
  const courses = new Map<string, HeldCourse>();
  for (const course of held) {
    const key = `${course.order_id} ${String(course.course)}`;
    const before = courses.get(key);
    courses.set(key, before ? { ...before, lines: [...before.lines, ...course.lines] } : course);
  }
  return [...courses.values()];
}

/** The lists of several stations as one; of one station, that list itself. */
export function together(views: readonly KitchenView[]): BoardView | null {
  const [first, ...more] = views;
  if (!first || more.length === 0) return first ?? null;
  return {
    tickets: views.flatMap((view) => view.tickets).sort(toMakeInOrder),
    done: views
      .flatMap((view) => view.done)
      .sort(doneInOrder)
      .slice(0, DONE),
    held: heldTogether(views.flatMap((view) => view.held)),
    now: Math.max(...views.map((view) => view.now)),
  };
}

/** The list as it will be once the core has heard which tickets go first, and since when; `null` for one no longer. */
export function withFirsts(
  tickets: readonly KitchenTicket[],
  wished: ReadonlyMap<string, number | null>,
): readonly KitchenTicket[] {
  if (wished.size === 0) return tickets;
  return tickets
    .map((ticket) => {
      const first_at = wished.get(ticket.id);
      return first_at === undefined || first_at === ticket.first_at ? ticket : { ...ticket, first_at };
    })
    .sort(toMakeInOrder);
}
