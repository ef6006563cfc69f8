// What the core says of the safety of its data, kept until a person has read it: whoever signs in next has to see
// it too.

import { createContext } from 'svelte';
import type { Event, EventEnvelope } from '../../ipc/bindings.gen';
import type { Sentence } from '../../i18n/i18n.svelte';

export type Said = { sentence: Sentence; at: EventEnvelope['at'] };

export class Safety {
  /** Why the last backup failed. */
  backup = $state.raw<Said | null>(null);
  /** What is wrong with the data file. It stays: only a new start can help. */
  damage = $state.raw<Said | null>(null);

  /** Hears an event, at the time of the core. */
  hear(event: Event, at: number): void {
    if (event.kind === 'backup_failed') this.backup = { sentence: event.problem, at };
    else if (event.kind === 'data_damaged') this.damage = { sentence: event.problem, at };
  }

  /** The failed backup was read. */
  dismiss(): void {
    this.backup = null;
  }
}

export const [getSafety, setSafety] = createContext<Safety>();
