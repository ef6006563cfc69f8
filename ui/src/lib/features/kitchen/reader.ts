// Reads what a station has to make: all of it, or only the tickets of which the core told that they changed. One
// reading at a time, so that nothing older comes after something newer.

import type { Backend } from '$lib/ipc/backend';
import type { Event, KitchenView } from '$lib/ipc/bindings.gen';
import { coalesced } from '$lib/ipc/coalesced';
import type { Timers } from '$lib/ipc/timers';
import { withTickets } from './merge';

/** More than these at once, and all of it is read. */
const MOST_TICKETS = 40;
/** How long a ticket waits of which only the paper is further, for whatever else is read meanwhile. */
export const PAPER_MS = 250;
/** Until all of it is read again after parts of it were, for whatever nobody told of. */
export const WHOLE_MS = 10_000;

type TicketEvent = Extract<Event, { kind: 'ticket_arrived' | 'ticket_changed' }>;

export interface ReaderPorts {
  readonly backend: Backend;
  readonly timers: Timers;
  readonly stationId: string;
  readonly take: (view: KitchenView) => void;
  readonly failed: (error: unknown) => void;
}

export class Reader {
  readonly #ports: ReaderPorts;
  #view: KitchenView | null = null;
  #wantsAll = true;
  #wanted = new Set<string>();
  #endPaper: (() => void) | null = null;
  #endWait: (() => void) | null = null;
  #stopped = false;
  readonly #read = coalesced(() => this.#readWanted());

  constructor(ports: ReaderPorts) {
    this.#ports = ports;
  }

  /** Reads all of it. */
  all(): Promise<void> {
    this.#wantsAll = true;
    return this.#read();
  }

  /** Reads one ticket, with others for which that is wished meanwhile. */
  ticket(id: string): Promise<void> {
    this.#wanted.add(id);
    return this.#read();
  }

  /** Reads what an event tells of. How far a paper is changes a ticket only when a screen stands in for its printer. */
  hear(event: TicketEvent): void {
    if (event.kind === 'ticket_arrived' || event.paper === null) {
      void this.ticket(event.ticket_id);
      return;
    }
    this.#wanted.add(event.ticket_id);
    this.#endPaper ??= this.#ports.timers.after(PAPER_MS, () => void this.#read());
  }

  /** Nothing is taken from now on. */
  stop(): void {
    this.#stopped = true;
    this.#endPaper?.();
    this.#endWait?.();
  }

  async #readWanted(): Promise<void> {
    this.#endPaper?.();
    this.#endPaper = null;
    if (this.#stopped) return;
    const view = this.#wantsAll || this.#wanted.size > MOST_TICKETS ? null : this.#view;
    const wanted = this.#wanted;
    this.#wanted = new Set();
    this.#wantsAll = false;
    try {
      const read = view ? await this.#part(view, wanted) : await this.#whole();
      if (this.#stopped) return;
      this.#view = read;
      this.#ports.take(read);
    } catch (error) {
      // What was missed is not known any more.
      this.#wantsAll = true;
      if (!this.#stopped) this.#ports.failed(error);
    }
  }

  #whole(): Promise<KitchenView> {
    this.#endWait?.();
    this.#endWait = null;
    return this.#ports.backend.call('list_kitchen_tickets', { station_id: this.#ports.stationId });
  }

  async #part(view: KitchenView, wanted: ReadonlySet<string>): Promise<KitchenView> {
    this.#endWait ??= this.#ports.timers.after(WHOLE_MS, () => void this.all());
    const request = { station_id: this.#ports.stationId, ticket_ids: [...wanted] };
    return withTickets(view, wanted, await this.#ports.backend.call('get_kitchen_tickets', request));
  }
}
