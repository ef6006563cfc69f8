// Small lists that a screen keeps by id, for after a reload or a power cut.

/** What is kept under a key, the oldest first; nothing of what cannot be read. */
export function keptPairs<V>(storage: Storage, key: string): Map<string, V> {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return new Map(Array.isArray(kept) ? (kept as [string, V][]) : []);
  } catch {
    return new Map();
  }
}

export function keepPairs<V>(storage: Storage, key: string, pairs: ReadonlyMap<string, V>): void {
  storage.setItem(key, JSON.stringify([...pairs]));
}
