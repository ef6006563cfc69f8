// A ticket that is taller than the screen is shown as several cards, each with the ticket's header, so
// that no line ever stands on the board without saying whose it is. Heights are reckoned from the letters;
// where that is a row too little, the browser breaks the card between two lines.

import type { KitchenLine, KitchenTicket } from '$lib/ipc/bindings.gen';
import { isSlip } from './moved';

/** A column of the board, in rows and characters of a line's name. */
export interface Room {
  readonly rows: number;
  readonly chars_per_row: number;
}

/** Header, people and button of every card. */
const FRAME_ROWS = 6;
export const BANNER_ROWS = 1.2;
/** From where to where, and which tickets, on a slip. */
const SLIP_ROWS = 4;
/** Modifiers and notes are smaller: more of them fit in a row, and their rows are lower. */
const SMALL_CHARS = 1.3;
const SMALL_ROW = 0.9;
const PADDING_ROWS = 0.4;
/** A line can be touched, so it has a least height. */
export const LEAST_ROWS = 1.5;

function rowsOf(text: string, chars_per_row: number): number {
  return Math.max(1, Math.ceil(text.length / chars_per_row));
}

/** Rows that a line takes: its name, each modifier, the note and the allergy wrap on their own. */
export function lineRows(line: KitchenLine, room: Room): number {
  const small = (text: string) => rowsOf(text, room.chars_per_row * SMALL_CHARS) * SMALL_ROW;
  const modifiers = line.modifiers.reduce((sum, modifier) => sum + small(modifier), 0);
  const note = (line.note ? small(line.note) : 0) + (line.seat === null ? 0 : SMALL_ROW);
  const word = line.voided ? SMALL_ROW + (line.void_reason ? small(line.void_reason) : 0) : 0;
  const name = rowsOf(line.name, room.chars_per_row) + PADDING_ROWS;
  const allergy = line.allergy ? small(line.allergy) + PADDING_ROWS : 0;
  return Math.max(LEAST_ROWS, name + modifiers + note + word) + allergy;
}

/** Rows of a card that are not lines: header, banners, headings of courses, button. */
function frameRows(ticket: KitchenTicket): number {
  const { urgent, first_at, backup, kind, moved, fired, promised_at } = ticket;
  const said = [
    urgent,
    first_at !== null,
    backup,
    kind !== 'new',
    moved !== null,
    fired !== null,
    promised_at !== null,
  ].filter(Boolean).length;
  const slip = isSlip(ticket) ? SLIP_ROWS : 0;
  const banners = said + (ticket.note ? 2 : 0);
  const courses = new Set(ticket.lines.map((line) => line.course)).size;
  return FRAME_ROWS + slip + banners * BANNER_ROWS + (courses > 1 ? courses : 0);
}

/** Rows that are left for lines on a card of this ticket. */
export function linesRoom(ticket: KitchenTicket, column: Room): Room {
  return { ...column, rows: Math.max(LEAST_ROWS, column.rows - frameRows(ticket)) };
}

/**
 * The first tickets, as many as surely fill this many columns. Cards never use a column to its last row, so
 * more columns are filled than this reckons, and what is left out is never in sight.
 */
export function fillColumns(
  tickets: readonly KitchenTicket[],
  columns: number,
  column: Room,
): readonly KitchenTicket[] {
  const budget = columns * column.rows;
  let rows = 0;
  const beyond = tickets.findIndex((ticket) => {
    const before = rows;
    rows += ticket.lines.reduce((sum, line) => sum + lineRows(line, column), frameRows(ticket));
    return before > budget;
  });
  return beyond < 0 ? tickets : tickets.slice(0, beyond);
}

/** Things in groups that have the given rows; one thing that has more stands alone, and no group is empty but the only one. */
export function split<T>(things: readonly T[], rowsOfThing: (thing: T) => number, rows: number): T[][] {
  const groups: T[][] = [];
  let group: T[] = [];
  let used = 0;
  for (const thing of things) {
    const more = rowsOfThing(thing);
    if (group.length > 0 && used + more > rows) {
      groups.push(group);
      group = [];
      used = 0;
    }
    group.push(thing);
    used += more;
  }
  return [...groups, group];
}

/** The lines in cards of the given room; one card for nearly every ticket, and never an empty one. */
export function partsOf(lines: readonly KitchenLine[], room: Room): KitchenLine[][] {
  return split(lines, (line) => lineRows(line, room), room.rows);
}
