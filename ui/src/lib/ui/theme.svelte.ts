// Light or dark: the system's choice until a person makes their own, kept for each window.

import { createContext } from 'svelte';

export type ThemeChoice = 'system' | 'light' | 'dark';

export class Theme {
  choice = $state<ThemeChoice>('system');
  /** Whether the dark theme is shown. */
  dark = $state(false);
  readonly #storage: Storage;
  readonly #key: string;
  readonly #system: MediaQueryList;

  /** `usual` is what `window` shows until someone chooses. */
  constructor(storage: Storage, window: string, usual: ThemeChoice, system: MediaQueryList) {
    this.#storage = storage;
    this.#key = `fastops.theme.${window}`;
    this.#system = system;
    const kept = storage.getItem(this.#key);
    this.choice = kept === 'light' || kept === 'dark' || kept === 'system' ? kept : usual;
    system.addEventListener('change', () => {
      this.#show();
    });
    this.#show();
  }

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    this.#storage.setItem(this.#key, choice);
    this.#show();
  }

  #show(): void {
    this.dark = this.choice === 'system' ? this.#system.matches : this.choice === 'dark';
    document.documentElement.dataset.theme = this.dark ? 'dark' : 'light';
  }
}

export const [getTheme, setTheme] = createContext<Theme>();
