// What is wrong with the setup of printing before anybody waits for a ticket, and what mends it.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type { Event, SetupFinding } from '../../ipc/bindings.gen';
import { coalesced } from '../../ipc/coalesced';
import type { State } from '../../ui/state';

export class Findings {
  /** The worst first; none until they are known. */
  list = $state.raw<SetupFinding[] | null>(null);
  problem = $state<string | null>(null);

  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  hear(event: Event): void {
    if (event.kind === 'settings_changed' || event.kind === 'menu_changed') void this.read();
  }

  /** Looks over the setup; wishes that come meanwhile become one more look. */
  readonly read = coalesced(async () => {
    try {
      this.list = (await this.#backend.call('check_setup', {})).findings;
      this.problem = null;
    } catch (error) {
      this.problem = sentenceOf(error);
    }
  });
}

export function severityState({ severity }: SetupFinding): State {
  if (severity === 'critical') return 'alarm';
  return severity === 'warning' ? 'warn' : 'info';
}

/** The sheet on which a finding is mended, and of whom. */
export type Mend = { sheet: 'chain' | 'beside' | 'owners' | 'assign' | 'remove'; id: string };

/** None when it is mended elsewhere: who makes a product is no matter of printers. */
export function mendOf(finding: SetupFinding): Mend | null {
  const { fault, station_id, device_id, terminal_id } = finding;
  const to = (sheet: Mend['sheet'], id: string | null): Mend | null => (id === null ? null : { sheet, id });
  switch (fault) {
    case 'no_target':
    case 'no_backup':
      return to('chain', station_id);
    case 'no_printer_beside':
      return to('beside', terminal_id);
    case 'two_owners':
    case 'no_owner':
      return to('owners', device_id);
    case 'unused':
      return to('assign', device_id);
    case 'same_place':
      return to('remove', device_id);
    case 'nowhere':
      return null;
  }
}
