// The windows beside the till, as the shell tells of them.

import { createContext } from 'svelte';
import type { BesideWindow, Shell, Standing } from './shell';

export class Windows {
  #standings = $state.raw<readonly Standing[]>([]);
  readonly #shell: Shell;
  /** Those whose screen is gone, and which nobody sees. */
  readonly lost: readonly BesideWindow[] = $derived(
    this.#standings.filter((one) => one.stranded && !one.in_sight).map((one) => one.window),
  );

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  /** Follows them until the function that is returned is called. */
  start(): () => void {
    return this.#shell.watch((standings) => (this.#standings = standings));
  }

  /** Whether a person could see the window. While nothing is known of it, nobody is said to. */
  inSight(window: BesideWindow): boolean {
    return this.#of(window)?.in_sight ?? false;
  }

  /** Whether the window fills its screen. */
  fills(window: BesideWindow): boolean {
    return this.#of(window)?.fills ?? false;
  }

  /** A person touched the window: where its screen is gone, they see it from now on. */
  touched(window: BesideWindow): void {
    if (this.#of(window)?.in_sight === false) void this.#shell.attend();
  }

  #of(window: BesideWindow): Standing | undefined {
    return this.#standings.find((one) => one.window === window);
  }
}

export const [getWindows, setWindows] = createContext<Windows>();
