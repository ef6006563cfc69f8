// What the main window tells the guests' window of the same computer, and when the guests' window stops believing it.
// No core is asked: what is shown is what stands at the till, in the same words and amounts.

import { createContext } from 'svelte';
import { WINDOW_BEAT_MS } from '../../ipc/signs';
import type { Timers } from '../../ipc/timers';

export type GuestPart = {
  id: string;
  name: string;
  modifiers: string[];
  /** What it adds to the price; none where it is in it. */
  extra: string | null;
};

export type GuestLine = {
  id: string;
  quantity: number;
  name: string;
  modifiers: string[];
  /** What was chosen for it, of a combo. */
  parts: GuestPart[];
  /** As the till shows it; none while nobody knows. */
  amount: string | null;
};

export type GuestOrder = { lines: GuestLine[]; total: string | null };

/** How the guests' window looks, also while nobody tells it anything. */
export type GuestHouse = {
  name: string;
  language: 'es' | 'en';
  theme: 'system' | 'light' | 'dark';
};

/** A number that is called. */
export type GuestNumber = {
  number: number;
  /** Said where the same number is called for an order of the other kind too: each kind counts for itself. */
  kind: 'take_away' | 'counter' | null;
};

export type GuestView = {
  house: GuestHouse;
  /** The order in hand; none while there is none. */
  order: GuestOrder | null;
  /** Numbers of what is taken away, the newest first. */
  ready: GuestNumber[];
  making: GuestNumber[];
};

/** How long numbers are called by a window at which nobody works: later they may have been picked up long ago. */
export const REST_MS = 15 * 60_000;

/** One word between the windows. `asks` comes from a guests' window that has just opened. */
export type Word =
  | { kind: 'shows'; window: string; touched: number; view: GuestView }
  | { kind: 'gone'; window: string }
  | { kind: 'asks' };

/** A channel between the windows of one computer. */
export interface Channel {
  say(word: Word): void;
  /** Hears the others; the function returned stops that. */
  hear(listener: (word: Word) => void): () => void;
}

/** The channel of the browser: it reaches pages of this origin only. */
export function windowChannel(): Channel {
  const channel = new BroadcastChannel('fastops.guest');
  return {
    say: (word) => {
      channel.postMessage(word);
    },
    hear: (listener) => {
      const listen = (event: MessageEvent) => {
        listener(event.data as Word);
      };
      channel.addEventListener('message', listen);
      return () => {
        channel.removeEventListener('message', listen);
        channel.close();
      };
    },
  };
}

/** A main window's side. */
export class GuestSender {
  readonly #channel: Channel;
  readonly #timers: Timers;
  readonly #window: string;
  #view: GuestView | null = null;
  /** When its order changed last: of several main windows the one at work is shown. */
  #touched = 0;
  #said = '';
  #order = '';
  #forget: () => void = () => undefined;

  /** `window` is a name of its own. */
  constructor(channel: Channel, timers: Timers, window: string) {
    this.#channel = channel;
    this.#timers = timers;
    this.#window = window;
  }

  /** The numbers as they were told last, for who does not know them yet. */
  get numbers(): Pick<GuestView, 'ready' | 'making'> {
    return { ready: this.#view?.ready ?? [], making: this.#view?.making ?? [] };
  }

  /** Tells it at once when it is another one than before. */
  show(view: GuestView): void {
    this.#forget();
    const said = JSON.stringify(view);
    if (said === this.#said) return;
    const order = JSON.stringify(view.order);
    if (order !== this.#order) this.#touched = this.#timers.now();
    [this.#view, this.#said, this.#order] = [view, said, order];
    this.#say();
  }

  /**
   * Nobody works here for now, as behind a lock: no order is in sight, and numbers stay as they were, behind those of any
   * window at which somebody works.
   */
  rest(): void {
    if (this.#view === null) return;
    this.#restAs({ ...this.#view, order: null });
    this.#forget();
    this.#forget = this.#timers.after(REST_MS, () => {
      if (this.#view !== null) this.#restAs({ ...this.#view, ready: [], making: [] });
    });
  }

  /** Says again and again that it is still so, until the function returned is called. */
  start(): () => void {
    let stopBeat: () => void = () => undefined;
    const beat = () => {
      this.#say();
      stopBeat = this.#timers.after(WINDOW_BEAT_MS, beat);
    };
    const stopHearing = this.#channel.hear((word) => {
      if (word.kind === 'asks') this.#say();
    });
    beat();
    return () => {
      stopBeat();
      this.#forget();
      this.leave();
      stopHearing();
    };
  }

  /** Says that nobody works here any more. */
  leave(): void {
    this.#channel.say({ kind: 'gone', window: this.#window });
  }

  #restAs(view: GuestView): void {
    // Whatever is shown next is news.
    [this.#view, this.#said, this.#order, this.#touched] = [view, '', '', 0];
    this.#say();
  }

  #say(): void {
    if (this.#view === null) return;
    this.#channel.say({ kind: 'shows', window: this.#window, touched: this.#touched, view: this.#view });
  }
}

export const [getGuestSender, setGuestSender] = createContext<GuestSender>();
