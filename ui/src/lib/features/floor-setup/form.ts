// What a refusal is about: the core says what is wrong, the form shows it where that is.

import { CallFailed } from '../../ipc/backend';

/** Longest names, and most guests of a table. */
export const MOST_ROOM_NAME = 30;
export const MOST_TABLE_NAME = 12;
export const MOST_SEATS = 99;
/** Most tables that are added at once. */
export const MOST_AT_ONCE = 60;

export type TablePart = 'name' | 'room' | 'active';

/** The part of a table's form that a refusal is about; none when it is about none of them. */
export function tablePart(error: unknown, typed: { name: string; active: boolean }): TablePart | null {
  if (!(error instanceof CallFailed)) return null;
  switch (error.code) {
    case 'name_taken':
      return 'name';
    case 'out_of_bounds':
      return typed.name.trim() === '' ? 'name' : null;
    case 'must_keep':
      return typed.active ? 'room' : 'active';
    default:
      return null;
  }
}

export type RoomPart = 'name' | 'active';

export function roomPart(error: unknown): RoomPart | null {
  if (!(error instanceof CallFailed)) return null;
  if (error.code === 'must_keep') return 'active';
  return error.code === 'name_taken' || error.code === 'out_of_bounds' ? 'name' : null;
}
