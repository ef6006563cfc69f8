// The board of one station: what is to make, what a cook did about it, and what must be heard.
//
// A tap answers at once: the ticket leaves the board before the core has said yes, and comes back with a
// sentence if it says no. Everything else on the board is what the core last told.

import { createContext } from 'svelte';
import { isUnanswered, sentenceOf, type Backend, type CommandName } from '$lib/ipc/backend';
import type { Event, KitchenTicket, KitchenView } from '$lib/ipc/bindings.gen';
import { newId } from '$lib/ipc/ids';
import type { Timers } from '$lib/ipc/timers';
import { isLate } from './age';
import { changesBetween, type Alert } from './changes';
import { PASS } from './pass.svelte';
import { Reader } from './reader';
import { stillToMake, type Sum } from './sums';

/** How long the bar with «Deshacer» stays. */
export const UNDO_MS = 5_000;
const RETRY_MS = 1_000;
const ATTEMPTS = 5;
/** Most tickets in one report of what was shown. */
const SEE_AT_ONCE = 200;
const STATION_KEY = 'fastops.kitchen.station';

/** A ticket that was just said to be done, and until when that is offered to be undone. */
export interface Undo {
  readonly ticket: KitchenTicket;
  readonly until: number;
}

export interface KitchenPorts {
  readonly backend: Backend;
  readonly timers: Timers;
  readonly storage: Storage;
  /** Makes an alert heard. */
  readonly hear: (alert: Alert) => void;
}

type Change = Extract<CommandName, 'bump_ticket' | 'recall_ticket'>;

export class Kitchen {
  stationId = $state<string | null>(null);
  view = $state.raw<KitchenView | null>(null);
  /** Why the last reading or tap failed, as a sentence. */
  problem = $state<string | null>(null);
  undo = $state.raw<Undo | null>(null);
  /** Tickets that changed and that nobody has touched since. */
  marked = $state.raw<ReadonlySet<string>>(new Set());
  /** Lines that a cook ticked off, on this screen alone. */
  made = $state.raw<ReadonlySet<string>>(new Set());
  /** To make, oldest first, without those that are on their way out. */
  readonly tickets: readonly KitchenTicket[] = $derived(
    (this.view?.tickets ?? []).filter((ticket) => !this.#leaving.has(ticket.id)),
  );

  /** What is still to make, by product. */
  readonly sums: readonly Sum[] = $derived(stillToMake(this.tickets));
  /** When the oldest of it was written. */
  readonly oldest: number | undefined = $derived(
    this.tickets.length > 0 ? Math.min(...this.tickets.map((ticket) => ticket.created_at)) : undefined,
  );

  #leaving = $state.raw<ReadonlySet<string>>(new Set());
  #reader: Reader | null = null;
  readonly #ports: KitchenPorts;
  readonly #bumps = new Map<string, Promise<boolean>>();
  readonly #seen = new Set<string>();
  readonly #late = new Set<string>();
  #recalled = new Set<string>();
  #endUndo: () => void = () => undefined;

  constructor(ports: KitchenPorts) {
    this.#ports = ports;
    this.stationId = ports.storage.getItem(STATION_KEY);
  }

  /** Shows another station, and remembers it for this window. */
  choose(stationId: string): void {
    this.#ports.storage.setItem(STATION_KEY, stationId);
    this.stationId = stationId;
    this.#forget();
    void this.read();
  }

  /** Back to the choice of a station. */
  leaveStation(): void {
    this.stationId = null;
    this.#forget();
  }

  hear(event: Event): void {
    if (event.kind === 'held_changed' || event.kind === 'stations_changed') void this.read();
    const concerns = event.kind === 'ticket_arrived' || event.kind === 'ticket_changed';
    if (concerns && event.station_id === this.stationId) this.#stationReader()?.hear(event);
  }

  /** Reads the whole station; a wish that comes while it reads makes it read once more. */
  async read(): Promise<void> {
    await this.#stationReader()?.all();
  }

  /** Reads nothing any more. */
  stop(): void {
    this.#reader?.stop();
  }

  /** Says that a ticket is done. */
  async bump(ticket: KitchenTicket): Promise<void> {
    if (this.#leaving.has(ticket.id)) return;
    this.touch(ticket.id);
    this.#leaving = new Set([...this.#leaving, ticket.id]);
    this.#offerUndo(ticket);
    const done = this.#change('bump_ticket', ticket.id);
    this.#bumps.set(ticket.id, done);
    const succeeded = await done;
    this.#bumps.delete(ticket.id);
    if (!succeeded && this.undo?.ticket.id === ticket.id) this.#withdrawUndo();
    await this.#readTicket(ticket.id);
    this.#leaving = new Set([...this.#leaving].filter((id) => id !== ticket.id));
  }

  /** Takes the last tap back while that is offered; afterwards brings back the ticket done last. */
  async recallLast(): Promise<void> {
    const last = this.undo?.ticket ?? this.view?.done[0];
    if (last) await this.recall(last.id);
  }

  /** Brings a done ticket back to the board. */
  async recall(ticketId: string): Promise<void> {
    if (this.undo?.ticket.id === ticketId) this.#withdrawUndo();
    // The core must have heard that it is done before it can hear that it is not.
    await this.#bumps.get(ticketId);
    this.#recalled.add(ticketId);
    this.#late.add(ticketId);
    await this.#change('recall_ticket', ticketId);
    await this.#readTicket(ticketId);
  }

  /** Has a ticket stand before the others, or where it stood; whether the core did it. */
  async putFirst(ticket: KitchenTicket, first: boolean): Promise<boolean> {
    this.touch(ticket.id);
    const request = { command_id: newId(), ticket_id: ticket.id, first };
    const done = await this.#insist(() => this.#ports.backend.call('prioritise_ticket', request));
    await this.#readTicket(ticket.id);
    return done;
  }

  /** Reports tickets that a person can truly see now. */
  async see(ticketIds: readonly string[]): Promise<void> {
    const fresh = ticketIds.filter((id) => !this.#seen.has(id)).slice(0, SEE_AT_ONCE);
    if (fresh.length === 0) return;
    for (const id of fresh) this.#seen.add(id);
    try {
      await this.#ports.backend.call('see_tickets', { command_id: newId(), ticket_ids: fresh });
    } catch {
      // It is said again with the next look at the board; the cook has nothing to do about it.
      for (const id of fresh) this.#seen.delete(id);
    }
  }

  /** A cook touched the ticket: its changes are known. */
  touch(ticketId: string): void {
    if (this.marked.has(ticketId)) this.marked = new Set([...this.marked].filter((id) => id !== ticketId));
  }

  /** Ticks a line off, or on again. */
  toggleMade(lineId: string): void {
    const made = new Set(this.made);
    if (!made.delete(lineId)) made.add(lineId);
    this.made = made;
  }

  /** Makes tickets heard that became late since the last look. */
  watchLate(now: number): void {
    const late = this.tickets.filter((ticket) => isLate(ticket, now) && !this.#late.has(ticket.id));
    for (const ticket of late) this.#late.add(ticket.id);
    if (late.length > 0) this.#ports.hear('late');
  }

  dismissProblem(): void {
    this.problem = null;
  }

  async #readTicket(id: string): Promise<void> {
    await this.#stationReader()?.ticket(id);
  }

  /** Whoever reads the station that is shown. */
  #stationReader(): Reader | null {
    const { stationId } = this;
    if (stationId === null || stationId === PASS) return null;
    this.#reader ??= new Reader({
      ...this.#ports,
      stationId,
      take: (view) => {
        this.#take(view);
      },
      failed: (error) => {
        if (!isUnanswered(error)) this.problem = sentenceOf(error);
      },
    });
    return this.#reader;
  }

  #take(view: KitchenView): void {
    const before = this.view;
    if (before) {
      const known = new Set([...this.#recalled, ...before.done.map((ticket) => ticket.id)]);
      const { marked, alert } = changesBetween(before.tickets, view.tickets, known);
      if (marked.length > 0) this.marked = new Set([...this.marked, ...marked]);
      if (alert) this.#ports.hear(alert);
    } else {
      // What was late or changed before this screen looked is shown, not sounded.
      for (const ticket of view.tickets) if (isLate(ticket, view.now)) this.#late.add(ticket.id);
      const unseen = view.tickets.filter((ticket) => ticket.kind !== 'new' && ticket.state === 'new');
      this.marked = new Set(unseen.map((ticket) => ticket.id));
    }
    this.view = view;
    const onBoard = new Set(view.tickets.map((ticket) => ticket.id));
    this.#recalled = new Set([...this.#recalled].filter((id) => !onBoard.has(id)));
  }

  /** Whether the core did it. A lost answer is asked for again under the same id, so nothing happens twice. */
  #change(command: Change, ticketId: string): Promise<boolean> {
    const request = { command_id: newId(), ticket_id: ticketId };
    return this.#insist(() => this.#ports.backend.call(command, request));
  }

  async #insist(call: () => Promise<unknown>): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await call();
        this.problem = null;
        return true;
      } catch (error) {
        if (!isUnanswered(error) || attempt === ATTEMPTS) {
          this.problem = sentenceOf(error);
          return false;
        }
        await new Promise<void>((resume) => this.#ports.timers.after(RETRY_MS, resume));
      }
    }
  }

  #offerUndo(ticket: KitchenTicket): void {
    this.#endUndo();
    this.undo = { ticket, until: this.#ports.timers.now() + UNDO_MS };
    this.#endUndo = this.#ports.timers.after(UNDO_MS, () => {
      this.undo = null;
    });
  }

  #withdrawUndo(): void {
    this.#endUndo();
    this.undo = null;
  }

  #forget(): void {
    this.#reader?.stop();
    this.#reader = null;
    this.view = null;
    this.problem = null;
    this.marked = new Set();
    this.made = new Set();
    this.#leaving = new Set();
    this.#withdrawUndo();
  }
}

export const [getKitchen, setKitchen] = createContext<Kitchen>();
