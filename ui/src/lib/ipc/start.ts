// The start of the desktop program when its data cannot be used: what its window knows and may ask for.

import { createContext } from 'svelte';
import type { FailureCode } from './bindings.gen';

/** A verified backup that can take the place of the data. */
export type StartOffer = {
  /** When it was made. */
  at: number;
  /** The last order in it; whatever came later would be missing. */
  last_order: { number: number; at: number } | null;
};

/** Why the program does not serve yet. */
export type StartTrouble = {
  code: FailureCode;
  /** All of it in one sentence, with the places of the files. */
  message: string;
  /** The language of `message`. */
  language: 'es' | 'en';
  offer: StartOffer | null;
  /** Why the offered backup was not restored when it was last tried. */
  not_restored: string | null;
};

/** What can be done about it. Each gives the trouble that is left; none when the till opens. */
export interface Starter {
  trouble(): Promise<StartTrouble | null>;
  restore(): Promise<StartTrouble | null>;
  again(): Promise<StartTrouble | null>;
  quit(): Promise<void>;
}

export const [getStarter, setStarter] = createContext<Starter>();
