// Ids are made where something is typed, so that sending it again changes nothing.

import { v7 } from 'uuid';

/** A new id for a command, an order or a line. Ids made later sort later. */
export function newId(): string {
  return v7();
}
