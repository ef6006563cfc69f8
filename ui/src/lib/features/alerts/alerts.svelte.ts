// What is wrong and what was in the last day, read again when the core says that something changed.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type { AlertsView, AlertView, Event, Severity } from '../../ipc/bindings.gen';
import type { State } from '../../ui/state';

/** The state in which an alert is shown: what is over is calm. */
export function stateOf(alert: AlertView): State {
  if (alert.resolved_at !== null) return 'calm';
  const states: Record<Severity, State> = { info: 'info', warning: 'warn', critical: 'alarm' };
  return states[alert.severity];
}

export class Alerts {
  view = $state.raw<AlertsView | null>(null);
  /** Why there is nothing to show, as a sentence. */
  problem = $state<string | null>(null);

  readonly #backend: Backend;
  #reading = false;
  #again = false;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Whether this terminal shows alerts at all. */
  get shown(): boolean {
    return this.view?.shown ?? false;
  }

  get count(): number {
    return this.view?.open.length ?? 0;
  }

  /** The state of the worst alert that is open; calm without one. */
  get worst(): State {
    const states = this.view?.open.map(stateOf) ?? [];
    const order: State[] = ['alarm', 'warn', 'info'];
    return order.find((state) => states.includes(state)) ?? 'calm';
  }

  hear(event: Event): void {
    if (event.kind === 'alerts_changed' || event.kind === 'settings_changed') void this.load();
  }

  /** Reads the alerts; calls that come meanwhile become one more reading. */
  async load(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    try {
      do {
        this.#again = false;
        this.view = await this.#backend.call('get_alerts', {});
        this.problem = null;
      } while (this.#again);
    } catch (error) {
      this.problem = this.view === null ? sentenceOf(error) : null;
    } finally {
      this.#reading = false;
    }
  }
}
