// The questions before a house is there: what is answered is kept while the window is open or closed, the PIN is not.

import type {
  BusinessKind,
  Country,
  Founding,
  FoundingChoices,
  Starter,
  StartTrouble,
} from '../../ipc/start';
import { sentenceOf } from '../../ipc/backend';
import type { Timers } from '../../ipc/timers';
import { pinFault, type PinFault } from '../../ui/pin';
import { rateOf, rateText } from '../../i18n/percent';

export const STEPS = ['place', 'house', 'you'] as const;
export type Step = (typeof STEPS)[number];

/** Longest names, as the core has them. */
export const LONGEST_HOUSE = 60;
export const LONGEST_ADMIN = 40;

/** Who types on is not kept at each letter. */
const KEEP_AFTER_MS = 300;

const KEPT_KEY = 'fastops.first_run';
const FOUNDED_KEY = 'fastops.first_run.founded';

/** Tables to begin with, by kind. */
const TABLES: Record<BusinessKind, number> = { restaurant: 10, cafe: 6, bar: 8, shop: 0 };

export type Part = 'tax' | 'name' | 'admin' | 'pin' | 'again';

type Answers = {
  step: Step;
  country: string;
  tax: string;
  kind: BusinessKind;
  name: string;
  sample: boolean;
  tables: number;
  admin: string;
};

/** Where this computer seems to stand: the country in its language setting, when that is one to choose from. */
export function likelyCountry(countries: readonly Country[], locale: string): string {
  const region = /[-_]([A-Z]{2})\b/.exec(locale)?.[1];
  const known = countries.find((country) => country.code === region);
  return (known ?? countries[0])?.code ?? '';
}

/** Whether a house was founded here just now: the first person who comes in is shown what comes next, once. */
export function takeFounded(storage: Storage): boolean {
  if (storage.getItem(FOUNDED_KEY) === null) return false;
  storage.removeItem(FOUNDED_KEY);
  storage.removeItem(KEPT_KEY);
  return true;
}

export class FirstRun {
  choices = $state.raw<FoundingChoices>({ countries: [], most_tables: 0 });
  step = $state<Step>('place');
  country = $state('');
  tax = $state('');
  kind = $state<BusinessKind>('restaurant');
  name = $state('');
  sample = $state(true);
  tables = $state(TABLES.restaurant);
  admin = $state('');
  pin = $state('');
  again = $state('');
  /** The part that the last press found wanting. */
  wanting = $state.raw<{ part: Part; fault: 'missing' | 'rate' | PinFault } | null>(null);
  busy = $state(false);
  /** Why it was not carried out. */
  problem = $state<string | null>(null);

  readonly #starter: Starter;
  readonly #storage: Storage;
  readonly #timers: Timers;
  #callOff: () => void = () => undefined;

  constructor(starter: Starter, storage: Storage, timers: Timers) {
    this.#starter = starter;
    this.#storage = storage;
    this.#timers = timers;
  }

  /** What was answered so far, without the PIN. */
  get answers(): Answers {
    const { step, country, tax, kind, name, sample, tables, admin } = this;
    return { step, country, tax, kind, name, sample, tables, admin };
  }

  /** Asks what can be chosen, and takes up what was answered before. */
  async open(locale: string, language: 'es' | 'en'): Promise<void> {
    try {
      this.choices = await this.#starter.choices();
    } catch (error) {
      this.problem = sentenceOf(error);
      return;
    }
    this.problem = null;
    const kept = this.#kept();
    if (kept && this.choices.countries.some((country) => country.code === kept.country)) {
      Object.assign(this, kept);
    } else {
      this.choose(likelyCountry(this.choices.countries, locale), language);
    }
  }

  get chosen(): Country | null {
    return this.choices.countries.find((country) => country.code === this.country) ?? null;
  }

  /** Another country proposes another tax. */
  choose(country: string, language: 'es' | 'en'): void {
    this.country = country;
    this.tax = rateText(this.chosen?.tax_bp ?? 0, language);
    this.wanting = null;
  }

  /** Another kind proposes other tables, unless somebody chose their number. */
  be(kind: BusinessKind): void {
    if (this.tables === TABLES[this.kind]) this.tables = TABLES[kind];
    this.kind = kind;
  }

  back(): void {
    this.step = STEPS[Math.max(0, STEPS.indexOf(this.step) - 1)] ?? 'place';
    this.wanting = null;
    this.keep();
  }

  /** Goes on when nothing is missing here. Gives whether it did. */
  next(): boolean {
    this.wanting = this.#fault();
    if (this.wanting !== null) return false;
    const next = STEPS[STEPS.indexOf(this.step) + 1];
    if (next) this.step = next;
    this.keep();
    return true;
  }

  /** Founds the house. Gives the trouble that is left; none when the till opens. */
  async found(language: 'es' | 'en', minutesEast: number): Promise<StartTrouble | null | undefined> {
    if (this.busy || !this.next()) return undefined;
    this.busy = true;
    this.problem = null;
    // This window may be gone before the answer is here.
    this.#storage.setItem(FOUNDED_KEY, '1');
    try {
      const left = await this.#starter.found(this.#founding(language, minutesEast));
      if (left !== null) this.#failed(left.not_founded ?? left.message);
      return left;
    } catch (error) {
      this.#failed(sentenceOf(error));
      return undefined;
    } finally {
      this.busy = false;
    }
  }

  /** Keeps what is answered, in case the window is closed; nothing before it is known what was kept earlier. */
  keep(): void {
    this.#callOff();
    if (this.chosen !== null) this.#storage.setItem(KEPT_KEY, JSON.stringify(this.answers));
  }

  /** Keeps it as soon as nothing more is typed for a moment. */
  keepSoon(): void {
    this.#callOff();
    this.#callOff = this.#timers.after(KEEP_AFTER_MS, () => {
      this.keep();
    });
  }

  #failed(sentence: string): void {
    this.#storage.removeItem(FOUNDED_KEY);
    this.problem = sentence;
  }

  #kept(): Answers | null {
    try {
      return JSON.parse(this.#storage.getItem(KEPT_KEY) ?? 'null') as Answers | null;
    } catch {
      // What cannot be read is asked for again.
      return null;
    }
  }

  #fault(): FirstRun['wanting'] {
    const isThere = (text: string) => text.trim() !== '';
    if (this.step === 'place') return rateOf(this.tax) === null ? { part: 'tax', fault: 'rate' } : null;
    if (this.step === 'house') return isThere(this.name) ? null : { part: 'name', fault: 'missing' };
    if (!isThere(this.admin)) return { part: 'admin', fault: 'missing' };
    const fault = pinFault(this.pin, this.again, true);
    return fault === null ? null : { part: fault === 'differs' ? 'again' : 'pin', fault };
  }

  #founding(language: 'es' | 'en', minutesEast: number): Founding {
    return {
      language,
      country: this.country,
      kind: this.kind,
      name: this.name.trim(),
      tax_bp: rateOf(this.tax) ?? 0,
      sample_menu: this.sample,
      tables: this.kind === 'shop' ? 0 : this.tables,
      admin: this.admin.trim(),
      pin: this.pin,
      utc_offset_minutes: minutesEast,
    };
  }
}
