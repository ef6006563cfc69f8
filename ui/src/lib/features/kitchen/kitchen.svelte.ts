// The board of one station, or of all: what is to make, what a cook did about it, and what must be heard.
//
// A tap answers at once: the ticket leaves the board before the core has said yes, and comes back with a
// sentence if it says no. Everything else on the board is what the core last told.

import { createContext } from 'svelte';
import { isUnanswered, sentenceOf, type Backend, type CommandName } from '$lib/ipc/backend';
import type { Event, KitchenTicket, KitchenView } from '$lib/ipc/bindings.gen';
import { newId } from '$lib/ipc/ids';
import type { Timers } from '$lib/ipc/timers';
import { Acknowledged } from './acknowledged.svelte';
import { isLate } from './age';
import { alertBetween, type Alert } from './changes';
import { insist } from './insist';
import { together, withFirsts, type BoardView } from './merge';
import { Stations } from './stations.svelte';
import { stillToMake, type Sum } from './sums';

/** How long the bar with «Deshacer» stays. */
export const UNDO_MS = 5_000;
/** Most tickets in one report of what was shown. */
const SEE_AT_ONCE = 200;
const STATION_KEY = 'fastops.kitchen.station';

/** What stands in the place of a station's id while the board shows all of them. */
export const ALL = 'all';

/** A ticket that was just said to be done, and until when that is offered to be undone. */
export interface Undo {
  readonly ticket: KitchenTicket;
  readonly until: number;
}

export interface KitchenPorts {
  readonly backend: Backend;
  readonly timers: Timers;
  readonly storage: Storage;
  /** Every station of the house, in its order; it may become another list. */
  readonly stationIds: readonly string[];
  /** Whether whoever is signed in may do anything to a ticket, or only looks. */
  readonly mayAct: () => boolean;
  /** Makes an alert heard. */
  readonly hear: (alert: Alert) => void;
}

type Change = Extract<CommandName, 'bump_ticket' | 'recall_ticket'>;

export class Kitchen {
  stationId = $state<string | null>(null);
  /** Why the last reading or tap failed, as a sentence. */
  problem = $state<string | null>(null);
  undo = $state.raw<Undo | null>(null);
  /** Lines that a cook ticked off, on this screen alone. */
  made = $state.raw<ReadonlySet<string>>(new Set());

  readonly #stations: Stations;
  #leaving = $state.raw<ReadonlySet<string>>(new Set());
  /** Since when tickets go first, or that they do not, of which the core has not heard yet. */
  #wished = $state.raw<ReadonlyMap<string, number | null>>(new Map());

  /** None until every station that is shown has answered. */
  readonly view: BoardView | null = $derived.by(() =>
    this.#stations.known ? together(this.#stations.views) : null,
  );
  /** To make, oldest first, without those that are on their way out. */
  readonly tickets: readonly KitchenTicket[] = $derived.by(() => {
    const open = (this.view?.tickets ?? []).filter((ticket) => !this.#leaving.has(ticket.id));
    return withFirsts(open, this.#wished);
  });
  readonly #markedIds: string = $derived.by(() =>
    this.tickets
      .filter((ticket) => this.#acknowledged.isOpen(ticket))
      .map((ticket) => ticket.id)
      .join(' '),
  );
  /**
   * Tickets that were changed or taken back, and of which no cook has taken note since. The same set for as long as they are
   * the same, so that no other card is drawn anew.
   */
  readonly marked: ReadonlySet<string> = $derived(new Set(this.#markedIds.split(' ').filter(Boolean)));
  /** What is still to make, by product. */
  readonly sums: readonly Sum[] = $derived(stillToMake(this.tickets));
  /** When the oldest of it was written. */
  readonly oldest: number | undefined = $derived(
    this.tickets.length > 0 ? Math.min(...this.tickets.map((ticket) => ticket.created_at)) : undefined,
  );

  readonly #ports: KitchenPorts;
  readonly #acknowledged: Acknowledged;
  readonly #bumps = new Map<string, Promise<boolean>>();
  readonly #firsts = new Map<string, Promise<boolean>>();
  readonly #seen = new Set<string>();
  readonly #late = new Set<string>();
  #recalled = new Set<string>();
  #endUndo: () => void = () => undefined;

  constructor(ports: KitchenPorts) {
    this.#ports = ports;
    this.#acknowledged = new Acknowledged(ports.storage, ports.mayAct() ? 'cook' : 'looker');
    this.#stations = new Stations({
      ...ports,
      take: (view, keep) => {
        this.#take(view, keep);
      },
      failed: (error) => {
        if (!isUnanswered(error)) this.problem = sentenceOf(error);
      },
    });
    this.stationId = ports.storage.getItem(STATION_KEY);
    this.#stations.show(this.shownIds);
  }

  get mayAct(): boolean {
    return this.#ports.mayAct();
  }

  /** The stations that stand on the board; none at the pass. */
  get shownIds(): readonly string[] {
    const { stationIds } = this.#ports;
    return this.stationId === ALL ? stationIds : stationIds.filter((id) => id === this.stationId);
  }

  /** The name of the one station that is shown; none of all of them. */
  get station(): string | null {
    return this.stationId === ALL ? null : (this.#stations.views[0]?.station ?? null);
  }

  /** The name of a ticket's station, where the board shows several. */
  stationOf(ticket: KitchenTicket): string | null {
    return this.stationId === ALL ? (this.#stations.of(ticket.station_id)?.station ?? null) : null;
  }

  /** Shows another station, and remembers it for this window. */
  choose(stationId: string): void {
    this.#ports.storage.setItem(STATION_KEY, stationId);
    this.#go(stationId);
    void this.read();
  }

  /** Back to the choice of a station. */
  leaveStation(): void {
    this.#go(null);
  }

  /** The house has other stations than before. */
  follow(): void {
    if (this.#stations.follow(this.shownIds)) void this.read();
  }

  hear(event: Event): void {
    if (event.kind === 'held_changed' || event.kind === 'stations_changed') void this.read();
    else this.#stations.hear(event);
  }

  /** Reads all that is shown; a wish that comes while it reads makes it read once more. */
  async read(): Promise<void> {
    await this.#stations.readAll();
  }

  /** Reads nothing any more. */
  stop(): void {
    this.#stations.stop();
  }

  /** Says that a ticket is done. */
  async bump(ticket: KitchenTicket): Promise<void> {
    if (!this.mayAct || this.#leaving.has(ticket.id)) return;
    this.acknowledge(ticket);
    this.#leaving = new Set([...this.#leaving, ticket.id]);
    this.#offerUndo(ticket);
    const done = this.#change('bump_ticket', ticket.id);
    this.#bumps.set(ticket.id, done);
    const succeeded = await done;
    this.#bumps.delete(ticket.id);
    if (!succeeded && this.undo?.ticket.id === ticket.id) this.#withdrawUndo();
    await this.#stations.readTicket(ticket);
    this.#leaving = new Set([...this.#leaving].filter((id) => id !== ticket.id));
  }

  /** Takes the last tap back while that is offered; afterwards brings back the ticket done last. */
  async recallLast(): Promise<void> {
    const last = this.undo?.ticket ?? this.view?.done[0];
    if (last) await this.recall(last);
  }

  /** Brings a done ticket back to the board. */
  async recall(ticket: KitchenTicket): Promise<void> {
    if (!this.mayAct) return;
    if (this.undo?.ticket.id === ticket.id) this.#withdrawUndo();
    // The core must have heard that it is done before it can hear that it is not.
    await this.#bumps.get(ticket.id);
    this.#recalled.add(ticket.id);
    this.#late.add(ticket.id);
    await this.#change('recall_ticket', ticket.id);
    await this.#stations.readTicket(ticket);
  }

  /** Has a ticket stand before the others, or where it stood, at once; whether the core agreed. */
  async putFirst(ticket: KitchenTicket, first: boolean): Promise<boolean> {
    if (!this.mayAct) return false;
    this.acknowledge(ticket);
    this.#wish(ticket.id, first ? this.#afterOtherFirsts() : null);
    const request = { command_id: newId(), ticket_id: ticket.id, first };
    // One at a time: what was wished last is what the core hears last.
    const before = this.#firsts.get(ticket.id);
    const done = Promise.resolve(before).then(() =>
      this.#insist(() => this.#ports.backend.call('prioritise_ticket', request)),
    );
    this.#firsts.set(ticket.id, done);
    const succeeded = await done;
    await this.#stations.readTicket(ticket);
    if (this.#firsts.get(ticket.id) === done) {
      this.#firsts.delete(ticket.id);
      this.#wish(ticket.id, undefined);
    }
    return succeeded;
  }

  /** Reports tickets that a person can truly see now, and do something about. */
  async see(ticketIds: readonly string[]): Promise<void> {
    if (!this.mayAct) return;
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

  /** Somebody took note of the ticket: its changes are known. */
  acknowledge(ticket: KitchenTicket): void {
    if (this.#acknowledged.isOpen(ticket)) this.#acknowledged.note([ticket]);
  }

  /** Takes note of the first of these tickets that is outlined. */
  acknowledgeNext(ticketIds: readonly string[]): void {
    const next = ticketIds.find((id) => this.marked.has(id));
    const ticket = this.tickets.find((one) => one.id === next);
    if (ticket) this.acknowledge(ticket);
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

  #take(view: KitchenView, keep: () => void): void {
    const before = this.#stations.of(view.station_id);
    keep();
    this.#acknowledged.meet(view.tickets);
    if (before) {
      const known = new Set([...this.#recalled, ...before.done.map((ticket) => ticket.id)]);
      this.#acknowledged.note(view.tickets.filter((ticket) => known.has(ticket.id)));
      const alert = alertBetween(before.tickets, view.tickets, known);
      if (alert) this.#ports.hear(alert);
    } else {
      // What was late before this screen looked is shown, not sounded.
      for (const ticket of view.tickets) if (isLate(ticket, view.now)) this.#late.add(ticket.id);
    }
    const onBoard = new Set(view.tickets.map((ticket) => ticket.id));
    this.#recalled = new Set([...this.#recalled].filter((id) => !onBoard.has(id)));
  }

  #wish(ticketId: string, first_at: number | null | undefined): void {
    const wished = new Map(this.#wished);
    if (first_at === undefined) wished.delete(ticketId);
    else wished.set(ticketId, first_at);
    this.#wished = wished;
  }

  /** Where the core will put the next ticket that goes first: behind those of which that was said before. */
  #afterOtherFirsts(): number {
    return Math.max(this.view?.now ?? 0, ...this.tickets.map((ticket) => ticket.first_at ?? 0)) + 1;
  }

  #change(command: Change, ticketId: string): Promise<boolean> {
    const request = { command_id: newId(), ticket_id: ticketId };
    return this.#insist(() => this.#ports.backend.call(command, request));
  }

  /** Whether the core did it; otherwise `problem` says why not. */
  async #insist(call: () => Promise<unknown>): Promise<boolean> {
    try {
      await insist(this.#ports.timers, call);
      this.problem = null;
      return true;
    } catch (error) {
      this.problem = sentenceOf(error);
      return false;
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

  #go(stationId: string | null): void {
    this.stationId = stationId;
    this.#stations.show(this.shownIds);
    this.problem = null;
    this.made = new Set();
    this.#leaving = new Set();
    this.#wished = new Map();
    this.#withdrawUndo();
  }
}

export const [getKitchen, setKitchen] = createContext<Kitchen>();
