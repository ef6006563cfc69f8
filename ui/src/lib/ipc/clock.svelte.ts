// The core's time on the screen, once a second: ages and countdowns of every window agree.

import { createContext } from 'svelte';
import type { Live } from './live.svelte';

export class Clock {
  #local = $state(Date.now());
  readonly #live: Live;

  constructor(live: Live) {
    this.#live = live;
  }

  /** Now by the core's clock, in milliseconds since 1970; changes once a second. */
  get now(): number {
    return this.#local + this.#live.coreOffset;
  }

  /** Milliseconds since an instant of this machine's own clock. */
  since(local: number): number {
    return Math.max(0, this.#local - local);
  }

  start(): () => void {
    const id = setInterval(() => {
      this.#local = Date.now();
    }, 1000);
    return () => {
      clearInterval(id);
    };
  }
}

export const [getClock, setClock] = createContext<Clock>();
