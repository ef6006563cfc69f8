// What this window's cooks prefer: how loud it is, and how the tickets are laid out. Kept per window.

import { createContext } from 'svelte';
import type { Volume } from './sounds';

const VOLUME_KEY = 'fastops.kitchen.volume';
const VOLUMES: readonly Volume[] = ['high', 'low', 'mute'];

/** Each ticket as tall as it is, in columns; or every card of one size, in rows. */
export type Layout = 'columns' | 'grid';
const LAYOUT_KEY = 'fastops.kitchen.layout';
export const LAYOUTS: readonly Layout[] = ['columns', 'grid'];

export class Preferences {
  volume = $state<Volume>('high');
  layout = $state<Layout>('columns');
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
    const kept = storage.getItem(VOLUME_KEY);
    this.volume = VOLUMES.find((volume) => volume === kept) ?? 'high';
    const laid = storage.getItem(LAYOUT_KEY);
    this.layout = LAYOUTS.find((layout) => layout === laid) ?? 'columns';
  }

  /** Loud, soft, off, loud again. */
  nextVolume(): Volume {
    const next = VOLUMES[(VOLUMES.indexOf(this.volume) + 1) % VOLUMES.length] ?? 'high';
    this.volume = next;
    this.#storage.setItem(VOLUME_KEY, next);
    return next;
  }

  lay(layout: Layout): void {
    this.layout = layout;
    this.#storage.setItem(LAYOUT_KEY, layout);
  }
}

export const [getPreferences, setPreferences] = createContext<Preferences>();
