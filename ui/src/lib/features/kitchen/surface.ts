// The room that a board has for its tickets.

import type { Room } from './parts';

export interface Surface {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels of a rem: enlarged text gets wider columns and fewer of them. */
  readonly rem: number;
}

/** In rem: the least width of a card, and the room between cards. */
const COLUMN_REM = 19.4;
export const GAP_REM = 0.75;
/** In rem: the least height of a card where all are of one size. */
const CARD_REM = 17.5;

function fitting(room: number, least: number): number {
  return Math.max(1, Math.floor((room + GAP_REM) / (least + GAP_REM)));
}

/** How many cards stand beside each other. */
export function columnsIn({ width, rem }: Surface): number {
  return fitting(width / rem, COLUMN_REM);
}

/** How many cards of one size stand below each other. */
export function rowsIn({ height, rem }: Surface): number {
  return fitting(height / rem, CARD_REM);
}

/** In rem, where letters are as large as on a ticket: the height of a row, the width of a letter, and of what stands before a name. */
const ROW_REM = 2;
const CHARACTER_REM = 0.93;
const QUANTITY_REM = 4.2;

/** The room in one of so many columns, for letters that are `scale` times as large as on a ticket. */
export function columnOf(surface: Surface, columns: number, scale = 1): Room {
  const width = surface.width / surface.rem / columns;
  return {
    rows: surface.height / surface.rem / (ROW_REM * scale),
    chars_per_row: Math.max(8, Math.floor((width - QUANTITY_REM * scale) / (CHARACTER_REM * scale))),
  };
}
