// An order at the pass on cards: one for nearly every order, more for one that is taller than the screen. Each card says whose
// it is.

import { linesOf, type Part, type PartLine, type PassOrder } from './orders';
import { BANNER_ROWS, LEAST_ROWS, lineRows, split, type Room } from './parts';

/** Letters at the pass, to those on a ticket. */
export const PASS_SCALE = 0.8;

/** Header, people, whose part it is, the heading of a course and the button: what any card may have. */
const FRAME_ROWS = 9.5;
const NOTE_ROWS = 2.5;
/** Whose part it is, with its button. */
const SECTION_ROWS = 2;
const HELD_ROWS = 3;

/** What stands on a card of one station's part. */
export interface Section {
  readonly part: Part;
  readonly lines: readonly PartLine[];
  /** The part does not go on from the card before. */
  readonly begins: boolean;
}

function sectionsOf(part: Part): Section[] {
  const lines = linesOf(part);
  if (lines.length === 0) return [{ part, lines, begins: true }];
  return lines.map((line, at) => ({ part, lines: [line], begins: at === 0 }));
}

function rowsOf({ lines, begins }: Section, room: Room): number {
  const banners = lines.filter((line) => line.kind !== null).length * BANNER_ROWS;
  const rows = lines.reduce((sum, { line }) => sum + lineRows(line, room), banners);
  return rows + (begins ? SECTION_ROWS : 0);
}

/** Sections of one part in a row are one section. */
function joined(sections: readonly Section[]): Section[] {
  return sections.reduce<Section[]>((done, section) => {
    const last = done.at(-1);
    if (last?.part !== section.part) return [...done, section];
    return [...done.slice(0, -1), { ...last, lines: [...last.lines, ...section.lines] }];
  }, []);
}

/** What stands on each card of an order, in columns of this room. */
export function cardsOf(order: PassOrder, column: Room): Section[][] {
  const { about, notes, parts, held, urgent, first_at } = order;
  const said = [urgent, first_at !== null, about.moved !== null, about.promised_at !== null];
  const banners = said.filter(Boolean).length * BANNER_ROWS;
  const frame = FRAME_ROWS + banners + notes.length * NOTE_ROWS + held.length * HELD_ROWS;
  const rows = Math.max(LEAST_ROWS, column.rows - frame);
  return split(parts.flatMap(sectionsOf), (section) => rowsOf(section, column), rows).map(joined);
}
