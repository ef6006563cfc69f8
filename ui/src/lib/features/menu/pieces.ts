// A name cut where a search found it.

import type { TextRange } from '../../ipc/bindings.gen';

export type Piece = { text: string; found: boolean };

/** The whole of `name` in order, in pieces that were found and pieces that were not. */
export function pieces(name: string, ranges: readonly TextRange[]): Piece[] {
  const cut: Piece[] = [];
  let done = 0;
  for (const { start, end } of ranges) {
    cut.push({ text: name.slice(done, start), found: false }, { text: name.slice(start, end), found: true });
    done = end;
  }
  cut.push({ text: name.slice(done), found: false });
  return cut.filter((piece) => piece.text !== '');
}
