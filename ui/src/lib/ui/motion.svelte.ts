// How much moves: as the system says, or less because a person wants it so. Kept for each window.

import { createContext } from 'svelte';

export class Motion {
  /** Whether the system asks for less. */
  bySystem = $state(false);
  #wished = $state(false);
  readonly #storage: Storage;
  readonly #key: string;

  constructor(storage: Storage, window: string, system: MediaQueryList) {
    this.#storage = storage;
    this.#key = `fastops.motion.${window}`;
    this.#wished = storage.getItem(this.#key) === 'less';
    this.bySystem = system.matches;
    system.addEventListener('change', () => {
      this.bySystem = system.matches;
    });
  }

  /** Whether nothing moves that need not. */
  get less(): boolean {
    return this.bySystem || this.#wished;
  }

  wish(less: boolean): void {
    this.#wished = less;
    if (less) this.#storage.setItem(this.#key, 'less');
    else this.#storage.removeItem(this.#key);
  }
}

export const [getMotion, setMotion] = createContext<Motion>();
