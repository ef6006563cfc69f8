// What the house decides for itself: read, said for one level at a time, and taken back.

import { isUnanswered, sentenceOf, type Backend } from '../../ipc/backend';
import type { Event, SettingLevel, SettingValue, SettingView } from '../../ipc/bindings.gen';
import { Kept } from '../../ipc/kept.svelte';
import { Teller } from '../../ipc/tell';
import type { Timers } from '../../ipc/timers';

/** The widest first. */
export const LEVELS: readonly SettingLevel[] = ['company', 'branch', 'terminal'];

/** Where a value comes from. */
export type Source = SettingLevel | 'default';

const isWider = (one: SettingLevel, other: SettingLevel) => LEVELS.indexOf(one) < LEVELS.indexOf(other);

/** Whether a setting may be said at a level. */
export function maySay(setting: SettingView, level: SettingLevel): boolean {
  return !isWider(setting.nearest, level);
}

/** What was said at a level itself; null when nothing was. */
export function wordAt(setting: SettingView, level: SettingLevel): SettingValue | null {
  return setting.said.find((said) => said.level === level)?.value ?? null;
}

/** What counts at a level, and who said it: nothing nearer than that level is looked at. */
export function countsAt(setting: SettingView, level: SettingLevel): { value: SettingValue; source: Source } {
  const said = setting.said.findLast((one) => !isWider(level, one.level));
  return said ? { value: said.value, source: said.level } : { value: setting.default, source: 'default' };
}

/** What would count at a level if nothing were said there. */
export function without(setting: SettingView, level: SettingLevel): { value: SettingValue; source: Source } {
  return countsAt({ ...setting, said: setting.said.filter((one) => one.level !== level) }, level);
}

/** A nearer word that says something else than what counts at a level, the nearest one. */
export function otherwise(setting: SettingView, level: SettingLevel) {
  const nearest = setting.said.findLast((one) => isWider(level, one.level));
  return nearest && nearest.value !== countsAt(setting, level).value ? nearest : null;
}

export type Change = {
  key: string;
  level: SettingLevel;
  before: SettingValue | null;
  after: SettingValue | null;
};

/** Every word answers when the core has written it down, and rejects with the core's sentence when it did not. */
export class Settings {
  readonly kept: Kept<SettingView[]>;
  /** For whom the page decides. */
  level = $state<SettingLevel>('branch');
  readonly #teller: Teller;

  constructor(backend: Backend) {
    this.#teller = new Teller(backend);
    this.kept = new Kept(async () => (await backend.call('get_settings', {})).settings);
  }

  /** The settings that may be said at the chosen level. */
  get shown(): SettingView[] {
    return this.kept.value?.filter((one) => maySay(one, this.level)) ?? [];
  }

  find(key: string): SettingView | null {
    return this.kept.value?.find((one) => one.key === key) ?? null;
  }

  hear(event: Event): void {
    if (event.kind === 'settings_changed') void this.kept.read();
  }

  /** Says a value for a level, or with `null` leaves it to the wider ones; tells what was said there before. */
  async say(key: string, level: SettingLevel, value: SettingValue | null): Promise<Change> {
    const setting = this.find(key);
    const before = setting === null ? null : wordAt(setting, level);
    const view = await this.#teller.tell('set_setting', { key, level, terminal_id: null, value });
    this.kept.take(() => view.settings);
    return { key, level, before, after: value };
  }
}

/** Presses in a row are one change: it is saved when they have stopped for so long. */
export const CALM_MS = 600;

/** One setting at one level in a person's hands: what they want, until the core has it. */
export class Slot {
  /** Shown already, and not answered yet. */
  wish = $state.raw<SettingValue | null>(null);
  busy = $state(false);
  /** Why the last wish was not carried out, and whether the same may simply be tried again. */
  problem = $state.raw<{ sentence: string; again: (() => void) | null } | null>(null);

  readonly #settings: Settings;
  readonly #key: string;
  readonly #level: SettingLevel;
  readonly #timers: Timers;
  readonly #onsaved: (change: Change) => void;
  #asked: SettingValue | null = null;
  #running: Promise<boolean> | null = null;
  #stopCalm: (() => void) | null = null;

  constructor(
    settings: Settings,
    key: string,
    level: SettingLevel,
    timers: Timers,
    onsaved: (change: Change) => void,
  ) {
    this.#settings = settings;
    this.#key = key;
    this.#level = level;
    this.#timers = timers;
    this.#onsaved = onsaved;
  }

  /** Shows a value at once; it is saved when no other comes for a moment. */
  want(value: SettingValue): void {
    this.wish = value;
    this.problem = null;
    this.#stopCalm?.();
    this.#stopCalm = this.#timers.after(CALM_MS, () => {
      this.flush();
    });
  }

  /** Saves what is shown and waits to be saved. */
  flush(): void {
    if (this.#stopCalm === null || this.wish === null) return;
    void this.say(this.wish);
  }

  /** Saves a value now, or with `null` leaves it to the wider levels. Answers whether it was carried out. */
  async say(value: SettingValue | null): Promise<boolean> {
    this.#stopCalm?.();
    this.#stopCalm = null;
    this.#asked = value;
    this.wish = value;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** A sentence that the screen itself has about what was typed. */
  refuse(sentence: string): void {
    this.problem = { sentence, again: null };
  }

  forget(): void {
    this.problem = null;
  }

  async #run(): Promise<boolean> {
    this.busy = true;
    this.problem = null;
    try {
      for (;;) {
        const asked = this.#asked;
        if (!this.#isSaid(asked)) this.#onsaved(await this.#settings.say(this.#key, this.#level, asked));
        if (asked === this.#asked) break;
      }
      return true;
    } catch (error) {
      const asked = this.#asked;
      const again = isUnanswered(error) ? () => void this.say(asked) : null;
      this.problem = { sentence: sentenceOf(error), again };
      return false;
    } finally {
      this.busy = false;
      // A press that came meanwhile is still to be saved.
      if (this.#stopCalm === null) this.wish = null;
    }
  }

  /** Whether that is what counts already, so that there is nothing to say. */
  #isSaid(value: SettingValue | null): boolean {
    const setting = this.#settings.find(this.#key);
    if (setting === null) return false;
    if (value === null) return wordAt(setting, this.#level) === null;
    return countsAt(setting, this.#level).value === value;
  }
}
