// The language in use: the catalogue, amounts and seconds follow it at once when it changes.

import { createContext } from 'svelte';
import { en } from './en';
import { es, type Catalogue } from './es';
import { decimalSign, formatMoney, parseMoney, type Currency } from './money';
import { momentOf, seconds } from './time';

export type Language = 'es' | 'en';
/** A sentence that the core says in every language at once. */
export type Sentence = Record<Language, string>;

const CATALOGUES: Record<Language, Catalogue> = { es, en };
const KEY = 'fastops.language';

/** Remembers the language of each person, and of the sign-in screen under no name. */
export class I18n {
  language = $state<Language>('es');
  #currency = $state.raw<Currency>({ code: '', minor_digits: 0, shown_digits: 0 });
  readonly t: Catalogue = $derived(CATALOGUES[this.language]);
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
    this.language = this.#kept('') ?? 'es';
  }

  /** The currency of the branch, known once the core has answered. */
  set currency(currency: Currency) {
    this.#currency = currency;
  }

  get currency(): Currency {
    return this.#currency;
  }

  /** Speaks the language that `user` chose here, or else `usual`. */
  follow(user: string, usual: Language): void {
    this.language = this.#kept(user) ?? usual;
  }

  /** Changes the language at once and keeps it for `user`. */
  choose(language: Language, user: string): void {
    this.language = language;
    this.#storage.setItem(`${KEY}.${user}`, language);
  }

  money(minor: number): string {
    return formatMoney(minor, this.#currency, this.language);
  }

  /** What a person typed as an amount, in minor units; null when it is none. */
  readMoney(text: string): number | null {
    return parseMoney(text, this.#currency, this.language);
  }

  /** What stands before the decimals of an amount; none in a currency that shows none. */
  get decimalSign(): string | null {
    return decimalSign(this.#currency, this.language);
  }

  /** When something was, as part of a sentence: the day too, when it is not today's. */
  moment(at: number, now: number, utcOffsetMinutes: number): string {
    const { day, time } = momentOf(at, now, utcOffsetMinutes, this.language);
    return day === null ? this.t.common.moment.today(time) : this.t.common.moment.day(day, time);
  }

  seconds(ms: number): string {
    return seconds(ms, this.language);
  }

  /** A sentence of the core in the language in use. */
  say(sentence: Sentence): string {
    return sentence[this.language];
  }

  #kept(user: string): Language | undefined {
    const kept = this.#storage.getItem(`${KEY}.${user}`);
    return kept === 'es' || kept === 'en' ? kept : undefined;
  }
}

export const [getI18n, setI18n] = createContext<I18n>();
