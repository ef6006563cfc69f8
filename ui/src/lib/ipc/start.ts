// The start of the desktop program when it cannot serve yet: what its window knows and may ask for.

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
  /** Why the house was not founded when it was last tried. */
  not_founded: string | null;
};

export const BUSINESS_KINDS = ['restaurant', 'cafe', 'bar', 'shop'] as const;
export type BusinessKind = (typeof BUSINESS_KINDS)[number];

/** What is proposed for a country. */
export type Country = {
  /** ISO 3166-1 code; `ZZ` is any other country. */
  code: string;
  /** ISO 4217 code. */
  currency: string;
  /** What the tax on sales is called there. */
  tax: string;
  /** Its rate in basis points: 800 is 8 %. */
  tax_bp: number;
  /** Whether prices hold the tax already. */
  included: boolean;
};

export type FoundingChoices = { countries: Country[]; most_tables: number };

/** What the owner says of a new house. */
export type Founding = {
  language: 'es' | 'en';
  country: string;
  kind: BusinessKind;
  name: string;
  tax_bp: number;
  sample_menu: boolean;
  tables: number;
  admin: string;
  pin: string;
  utc_offset_minutes: number;
};

/** What can be done about it. Each gives the trouble that is left; none when the till opens. */
export interface Starter {
  trouble(): Promise<StartTrouble | null>;
  restore(): Promise<StartTrouble | null>;
  again(): Promise<StartTrouble | null>;
  choices(): Promise<FoundingChoices>;
  found(founding: Founding): Promise<StartTrouble | null>;
  quit(): Promise<void>;
}

export const [getStarter, setStarter] = createContext<Starter>();
