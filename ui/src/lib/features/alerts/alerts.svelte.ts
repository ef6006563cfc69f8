// What is wrong and what was in the last day, read again when the core says that something changed.

import type { Backend } from '../../ipc/backend';
import type { AlertsView, AlertView, Event, Severity } from '../../ipc/bindings.gen';
import { Kept } from '../../ipc/kept.svelte';
import type { State } from '../../ui/state';

/** The state in which an alert is shown: what is over is calm. */
export function stateOf(alert: AlertView): State {
  if (alert.resolved_at !== null) return 'calm';
  const states: Record<Severity, State> = { info: 'info', warning: 'warn', critical: 'alarm' };
  return states[alert.severity];
}

export class Alerts {
  readonly kept: Kept<AlertsView>;

  constructor(backend: Backend) {
    this.kept = new Kept(() => backend.call('get_alerts', {}));
  }

  get view(): AlertsView | null {
    return this.kept.value;
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
    if (event.kind === 'alerts_changed' || event.kind === 'settings_changed') void this.kept.read();
  }
}
