// The guests' side: what the main window at work shows, for as long as it says that it is still so.

import type { Timers } from '../../ipc/timers';
import { WINDOW_SILENCE_MS } from '../../ipc/signs';
import type { Channel, GuestHouse, GuestView, Word } from './feed';

const KEY = 'fastops.guest.house';
const UNKNOWN: GuestHouse = { name: '', language: 'es', theme: 'system' };

type Heard = { view: GuestView; touched: number; at: number };

export class Guests {
  /** None while no main window says anything: an old order would look true. */
  view = $state.raw<GuestView | null>(null);
  /** Whose house it is, as it was last said; without a name before anything was. */
  house = $state.raw<GuestHouse>(UNKNOWN);

  readonly #channel: Channel;
  readonly #timers: Timers;
  readonly #storage: Storage;
  readonly #heard = new Map<string, Heard>();
  #stopWatch: () => void = () => undefined;

  constructor(channel: Channel, timers: Timers, storage: Storage) {
    this.#channel = channel;
    this.#timers = timers;
    this.#storage = storage;
    this.house = kept(storage);
  }

  /** Listens until the function returned is called. */
  start(): () => void {
    const stop = this.#channel.hear((word) => {
      this.#hear(word);
    });
    this.#channel.say({ kind: 'asks' });
    return () => {
      this.#stopWatch();
      stop();
    };
  }

  #hear(word: Word): void {
    if (word.kind === 'asks') return;
    if (word.kind === 'gone') this.#heard.delete(word.window);
    else this.#heard.set(word.window, { view: word.view, touched: word.touched, at: this.#timers.now() });
    this.#choose();
  }

  /** Shows the window that was touched last, of those that are still there. */
  #choose(): void {
    const now = this.#timers.now();
    for (const [window, { at }] of this.#heard) if (now - at >= WINDOW_SILENCE_MS) this.#heard.delete(window);
    const all = [...this.#heard.values()];
    const last = all.reduce<Heard | null>(
      (most, one) => (most && most.touched >= one.touched ? most : one),
      null,
    );
    this.view = last?.view ?? null;
    if (last) this.#keep(last.view.house);
    this.#stopWatch();
    if (all.length === 0) return;
    const oldest = Math.min(...all.map((one) => one.at));
    this.#stopWatch = this.#timers.after(oldest + WINDOW_SILENCE_MS - now, () => {
      this.#choose();
    });
  }

  #keep(house: GuestHouse): void {
    const text = JSON.stringify(house);
    if (text === JSON.stringify(this.house)) return;
    this.house = house;
    this.#storage.setItem(KEY, text);
  }
}

function kept(storage: Storage): GuestHouse {
  try {
    return { ...UNKNOWN, ...(JSON.parse(storage.getItem(KEY) ?? '{}') as Partial<GuestHouse>) };
  } catch {
    return UNKNOWN;
  }
}
