// A barcode scanner types like a keyboard, only faster than anyone. While a sheet asks something, its Enter must not
// answer in a person's place.

/** Scanners leave less than this between two keys; people do not. */
const GAP_MS = 40;
/** No barcode is shorter. */
const SHORTEST = 6;

export class Scan {
  #text = '';
  #at = Number.NEGATIVE_INFINITY;

  /** Takes a key and when it was pressed; gives the code that this key ends, if a scanner typed it. */
  key(key: string, at: number): string | null {
    const fast = at - this.#at <= GAP_MS;
    const before = fast ? this.#text : '';
    if (key === 'Enter') {
      this.#text = '';
      return before.length >= SHORTEST ? before : null;
    }
    // What only changes the next key writes nothing.
    if (key.length !== 1) return null;
    this.#text = before + key;
    this.#at = at;
    return null;
  }
}
