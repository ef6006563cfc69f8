// What a new house still needs, told where its manager works, until it is done or nobody wants to hear of it.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type { Event, FirstStepsView } from '../../ipc/bindings.gen';
import { Kept } from '../../ipc/kept.svelte';
import { Teller } from '../../ipc/tell';
import { FIRST_STEPS, isDone, MOVES, type FirstStep } from './first-steps';

/** The setting that says whether the house wants to hear of it. */
const TOLD_KEY = 'alerts.first_steps';

export class Reminder {
  readonly #kept: Kept<FirstStepsView>;
  readonly #teller: Teller;
  /** What is still to be done, and wants to be told; nothing until it is known. */
  readonly left: readonly FirstStep[] = $derived.by(() => {
    const view = this.#kept.value;
    return view?.told ? FIRST_STEPS.filter((step) => !isDone(step, view)) : [];
  });

  constructor(backend: Backend) {
    this.#kept = new Kept(() => backend.call('get_first_steps', {}));
    this.#teller = new Teller(backend);
  }

  readonly read = (): void => void this.#kept.read();

  /** A house that has everything is not asked again with each ticket. */
  hear(event: Event): void {
    if (event.kind === 'settings_changed' || (this.left.length > 0 && MOVES.has(event.kind))) this.read();
  }

  /** Says for the whole house that nobody wants to hear of it. Gives why it could not be said. */
  async forget(): Promise<string | null> {
    const wish = { key: TOLD_KEY, level: 'branch', terminal_id: null, value: false } as const;
    try {
      await this.#teller.tell('set_setting', wish);
      await this.#kept.read();
      return null;
    } catch (error) {
      return sentenceOf(error);
    }
  }
}
