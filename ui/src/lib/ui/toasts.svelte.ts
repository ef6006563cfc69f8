// Short messages at the bottom of the screen, each with at most one thing to do about it.

import { createContext } from 'svelte';
import type { State } from './state';

export type Toast = {
  id: number;
  state: State;
  message: string;
  /** How long it stays. */
  ms: number;
  action: { label: string; run: () => void } | null;
};

const USUAL_MS = 4_000;
const ACTION_MS = 5_000;
const ALARM_MS = 8_000;
const MOST = 3;

export class Toasts {
  items = $state.raw<Toast[]>([]);
  #last = 0;

  /** `forMs` for words that take longer to read than most. Gives what `dismiss` takes. */
  show(state: State, message: string, action: Toast['action'] = null, forMs = 0): number {
    this.#last += 1;
    const usual = action !== null ? ACTION_MS : state === 'alarm' ? ALARM_MS : USUAL_MS;
    const ms = Math.max(usual, forMs);
    const toast = { id: this.#last, state, message, ms, action };
    // The same words twice are one message that starts anew.
    this.items = [...this.items.filter((one) => one.message !== message), toast].slice(-MOST);
    setTimeout(() => {
      this.dismiss(toast.id);
    }, ms);
    return toast.id;
  }

  dismiss(id: number): void {
    this.items = this.items.filter((toast) => toast.id !== id);
  }
}

export const [getToasts, setToasts] = createContext<Toasts>();
