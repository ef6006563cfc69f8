// What this window's cooks prefer: how loud it is, and whether it is dark. Kept per window.

import { createContext } from 'svelte';
import type { Volume } from './sounds';

const VOLUME_KEY = 'fastops.kitchen.volume';
const VOLUMES: readonly Volume[] = ['high', 'low', 'mute'];

export class Preferences {
  volume = $state<Volume>('high');
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
    const kept = storage.getItem(VOLUME_KEY);
    this.volume = VOLUMES.find((volume) => volume === kept) ?? 'high';
  }

  /** Loud, soft, off, loud again. */
  nextVolume(): Volume {
    const next = VOLUMES[(VOLUMES.indexOf(this.volume) + 1) % VOLUMES.length] ?? 'high';
    this.volume = next;
    this.#storage.setItem(VOLUME_KEY, next);
    return next;
  }
}

export const [getPreferences, setPreferences] = createContext<Preferences>();
