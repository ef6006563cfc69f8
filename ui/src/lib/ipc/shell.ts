// What only the program around the pages knows and can do: which windows a person could see, and how large they are.

import { createContext } from 'svelte';

/** A window beside the till. */
export type BesideWindow = 'kitchen' | 'guests';

/** How a window beside the till stands. */
export interface Standing {
  readonly window: BesideWindow;
  /** It fills its screen. */
  readonly fills: boolean;
  /** The screen that it had is gone. */
  readonly stranded: boolean;
  /** A person could see it, for all that is known. */
  readonly in_sight: boolean;
}

export interface Shell {
  /** Whether a window can fill its screen. */
  readonly canFill: boolean;
  /** Tells how the windows beside the till stand, now and whenever that changes; the function returned ends it. */
  watch(tell: (standings: readonly Standing[]) => void): () => void;
  /** There is something for a kitchen's window to show: it opens by itself where it has a screen. */
  offerKitchen(): Promise<void>;
  /** A person is at this window. */
  attend(): Promise<void>;
  /** Has this window fill its screen, or no longer. */
  turnFullScreen(): Promise<void>;
}

export const [getShell, setShell] = createContext<Shell>();
