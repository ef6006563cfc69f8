// From the plan's grid units to the room that the screen has.

import type { TableView } from '../../ipc/bindings.gen';

/** Sides of the smallest table in pixels: a thumb must hit it, and a near empty room must not look like posters. */
const LEAST_SIDE = 48;
const MOST_SIDE = 168;
/** How much longer one axis may be drawn than the other, to use the room there is. */
const MOST_STRETCH = 1.3;

export type Place = { left: number; top: number; width: number; height: number };
export type Plan = { width: number; height: number; place: (table: TableView) => Place };

/** The scale at which all tables fit into `room` pixels, within the limits of a table's side. */
export function planOf(tables: readonly TableView[], room: { width: number; height: number }): Plan {
  const left = Math.min(...tables.map((table) => table.x));
  const top = Math.min(...tables.map((table) => table.y));
  const columns = Math.max(1, Math.max(...tables.map((table) => table.x + table.width)) - left);
  const rows = Math.max(1, Math.max(...tables.map((table) => table.y + table.height)) - top);
  const fit = (sides: number[], unit: number) => {
    const least = Math.max(1, Math.min(...sides));
    return Math.min(MOST_SIDE / least, Math.max(LEAST_SIDE / least, unit));
  };
  const widths = tables.map((table) => table.width);
  const heights = tables.map((table) => table.height);
  const across = fit(widths, Math.min(room.width / columns, (room.height / rows) * MOST_STRETCH));
  const down = fit(heights, Math.min(room.height / rows, across * MOST_STRETCH));
  return {
    width: columns * across,
    height: rows * down,
    place: (table) => ({
      left: (table.x - left) * across,
      top: (table.y - top) * down,
      width: table.width * across,
      height: table.height * down,
    }),
  };
}
