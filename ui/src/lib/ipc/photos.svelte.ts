// Pictures of products: fetched when a tile first asks for one, many at a time, and then kept.

import { SvelteMap } from 'svelte/reactivity';
import type { Backend } from './backend';

/** Most pictures that the core gives at once. */
const AT_ONCE = 60;
/** Most pictures that are kept: of more than that the oldest are fetched again when they are seen again. */
const MOST = 600;

export class Photos {
  readonly #backend: Backend;
  /** Pictures as addresses that an image can be given; null of one that is not there any more. */
  readonly #kept = new SvelteMap<string, string | null>();
  readonly #asked = new Set<string>();
  #waiting: string[] = [];

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** The picture; null until it is there. To be read where a tile is drawn. */
  of(id: string | null): string | null {
    if (id === null) return null;
    const kept = this.#kept.get(id);
    if (kept === undefined && !this.#asked.has(id)) this.#ask(id);
    return kept ?? null;
  }

  #ask(id: string): void {
    this.#asked.add(id);
    this.#waiting.push(id);
    // All tiles of a page are drawn before the core is asked.
    if (this.#waiting.length === 1) queueMicrotask(() => void this.#bring());
  }

  async #bring(): Promise<void> {
    const all = this.#waiting;
    this.#waiting = [];
    for (let at = 0; at < all.length; at += AT_ONCE) await this.#take(all.slice(at, at + AT_ONCE));
  }

  async #take(ids: string[]): Promise<void> {
    try {
      const { photos } = await this.#backend.call('get_photos', { photo_ids: ids });
      const found = new Map(photos.map((one) => [one.id, `data:${one.media_type};base64,${one.picture}`]));
      for (const id of ids) this.#kept.set(id, found.get(id) ?? null);
      const old = [...this.#kept.keys()].slice(0, Math.max(0, this.#kept.size - MOST));
      for (const id of old) {
        this.#kept.delete(id);
        this.#asked.delete(id);
      }
    } catch {
      // A tile without its picture sells all the same; whoever draws it next asks again.
      for (const id of ids) this.#asked.delete(id);
    }
  }
}
