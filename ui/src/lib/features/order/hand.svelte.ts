// The order in hand: what the core knows of it, what is typed for it and not sent, and what can be done with it.

import { CallFailed, sentenceOf, type Backend } from '../../ipc/backend';
import type { Approval, Event, OrderView, PaperNow, Quote } from '../../ipc/bindings.gen';
import { newId } from '../../ipc/ids';
import type { Timers } from '../../ipc/timers';
import { waitsToBeFired } from './courses';
import { sameWish, wireLine, type CartLine, type Details, type Draft, type Place } from './draft';
import type { Drafts } from './drafts.svelte';
import { ToldPrices } from './repriced';
import { Sender, type Outcome } from './sender.svelte';

export const MOST_UNITS = 999;

export class Hand {
  draft = $state<Draft | null>(null);
  /** The order as the core has it; none before it is sent. */
  view = $state.raw<OrderView | null>(null);
  /** When `view` was read, by this machine's clock. */
  readAt = $state(0);
  /** What the lines that the core does not have yet come to, as it last said. */
  quote = $state.raw<Quote | null>(null);
  /** Whether the cart has changed since, and the core has not said yet what it comes to now. */
  quoting = $state(false);
  /** Why nobody knows what the cart comes to. No amount is shown then: an old one would look true. */
  quoteProblem = $state<string | null>(null);
  /** What a unit of a line cost when it was typed, where it costs something else by now. */
  repriced = $state.raw<ReadonlyMap<string, number>>(new Map());
  /** Why the order cannot be shown. */
  problem = $state<string | null>(null);
  /** The course and the seat that the next lines are typed for; no seat is for all. */
  course = $state(1);
  seat = $state<number | null>(null);
  /** The line that shows its controls. */
  chosen = $state<string | null>(null);

  readonly drafts: Drafts;
  readonly sender: Sender;
  readonly #backend: Backend;
  readonly #timers: Timers;
  readonly #told = new ToldPrices();
  #quotes = 0;
  #reading = false;
  #readAgain = false;

  /** `announce` hears of everything that the core took, also of orders no longer in hand. */
  constructor(
    backend: Backend,
    drafts: Drafts,
    timers: Timers,
    announce: (view: OrderView, units: number) => void,
  ) {
    this.#backend = backend;
    this.#timers = timers;
    this.drafts = drafts;
    this.sender = new Sender(backend, drafts, timers, (view, units) => {
      this.#show(view);
      announce(view, units);
    });
  }

  get orderId(): string | null {
    return this.draft?.order_id ?? null;
  }

  /** Lines that are typed or on their way, but that the core has not confirmed. */
  get pending(): CartLine[] {
    return this.draft?.batch?.lines ?? [];
  }

  /** What the order's own total does not hold: lines on their way may be there already, with their answer lost. */
  get unquoted(): CartLine[] {
    const taken = new Set(this.view?.lines.map((line) => line.id));
    return [...this.pending.filter((line) => !taken.has(line.id)), ...(this.draft?.lines ?? [])];
  }

  /** What all of it comes to; null while nobody knows. */
  get total(): number | null {
    if (this.quote) return this.view ? this.quote.order_total_minor : this.quote.total_minor;
    return this.quoting || this.quoteProblem !== null ? null : (this.view?.total_minor ?? null);
  }

  /** Whether lines are being sent at this moment. */
  get sending(): boolean {
    return this.draft !== null && this.sender.underWay.has(this.draft.order_id);
  }

  get refusal(): string | null {
    return this.draft === null ? null : (this.sender.refusals.get(this.draft.order_id) ?? null);
  }

  /** Takes an order in hand: a new one at `place`, or one that the core or this machine has. */
  async open(orderId: string, place: Place | null): Promise<void> {
    if (this.orderId === orderId) return;
    this.release();
    const kept = this.drafts.find(orderId);
    if (kept !== null) this.#take(kept);
    else if (place !== null) this.#take(this.drafts.take(orderId, place, false));
    if (kept?.known !== false && place === null) await this.#openKnown(orderId);
  }

  /** Puts the order down. What is typed stays kept. */
  release(): void {
    this.draft = null;
    this.view = null;
    this.problem = null;
    this.chosen = null;
    this.typeFor(1, null);
    this.#ask();
  }

  /** Chooses the course and the seat of the lines that are typed next. */
  typeFor(course: number, seat: number | null): void {
    this.course = course;
    this.seat = seat;
  }

  /** Whether a new line of a course waits to be fired. */
  holds(course: number): boolean {
    return this.draft !== null && waitsToBeFired(course, this.draft, this.view);
  }

  /** Has lines of the cart wait to be fired, or not. */
  setHeld(lineIds: readonly string[], held: boolean): void {
    for (const line of this.draft?.lines ?? []) if (lineIds.includes(line.id)) line.held = held;
    this.#changed();
  }

  add(line: Omit<CartLine, 'id'>): void {
    if (this.draft === null) return;
    const wished = { ...line, id: newId() };
    const same = this.draft.lines.find((one) => sameWish(one, wished));
    if (same) same.quantity = Math.min(MOST_UNITS, same.quantity + wished.quantity);
    else this.draft.lines.push(wished);
    this.chosen = same?.id ?? wished.id;
    this.#changed();
  }

  setQuantity(lineId: string, quantity: number): void {
    const line = this.#line(lineId);
    if (!line || quantity < 1 || quantity > MOST_UNITS) return;
    line.quantity = quantity;
    this.#changed();
  }

  replace(lineId: string, wish: Omit<CartLine, 'id'>): void {
    const line = this.#line(lineId);
    if (!line) return;
    Object.assign(line, wish);
    this.#changed();
  }

  /** Takes a line out of the cart; the function returned puts it back where it was. */
  remove(lineId: string): (() => void) | null {
    const draft = this.draft;
    const at = draft?.lines.findIndex((line) => line.id === lineId) ?? -1;
    const [line] = at < 0 ? [] : (draft?.lines.splice(at, 1) ?? []);
    if (!draft || !line) return null;
    this.#changed();
    return () => {
      this.drafts.home(draft).lines.splice(at, 0, line);
      this.#changed();
    };
  }

  /** Says of an order that is not sent what it is about. */
  describe(change: Partial<Details>): void {
    if (this.draft === null) return;
    Object.assign(this.draft, change);
    this.drafts.save();
  }

  /** Says of an order that the core has how whoever ordered is called and reached, and how many sit there. */
  async correct({ customer, contact, covers, remember }: Details, commandId: string): Promise<void> {
    if (this.view === null) return;
    const about = { customer, contact, covers, remember_customer: remember };
    const request = { command_id: commandId, order_id: this.view.id, ...about };
    this.#show(await this.#backend.call('describe_order', request));
  }

  async send(): Promise<Outcome | null> {
    const draft = this.draft;
    if (draft === null || (draft.lines.length === 0 && draft.batch === null)) return null;
    this.chosen = null;
    const outcome = await this.sender.send(draft);
    this.#ask();
    return outcome;
  }

  /** Takes a line back, or so many units of it. */
  async voidLine(
    lineId: string,
    quantity: number | null,
    reason: string,
    commandId: string,
    by: Approval | null,
  ): Promise<void> {
    if (this.view === null) return;
    const request = { command_id: commandId, order_id: this.view.id, line_id: lineId, quantity, reason };
    this.#show(await this.#backend.call('void_line', request, by));
  }

  async markUrgent(commandId: string, by: Approval | null): Promise<void> {
    if (this.view === null) return;
    const request = { command_id: commandId, order_id: this.view.id };
    this.#show(await this.#backend.call('mark_urgent', request, by));
  }

  async reprint(ticketId: string, commandId: string, by: Approval | null): Promise<void> {
    const request = { command_id: commandId, ticket_id: ticketId };
    this.#show(await this.#backend.call('reprint_ticket', request, by));
  }

  /** Asks once more what the cart comes to: the link is back, or a person does not want to wait. */
  quoteAgain(): void {
    this.#ask();
  }

  /** Hears what the core says and asks again for what it concerns. */
  hear(event: Event): void {
    if (event.kind === 'menu_changed') this.#ask();
    const id = this.view?.id;
    if (id === undefined) return;
    if (event.kind === 'ticket_changed' && event.paper !== null) this.#note(event.ticket_id, event.paper);
    // Its table may have another name now.
    const elsewhere = event.kind === 'floor_changed';
    const concerned = elsewhere || ('order_id' in event && this.#ids(id).has(event.order_id));
    // A place in the queue moves without an event of its own.
    const waiting =
      event.kind === 'heartbeat' && this.view?.tickets.some((ticket) => ticket.wait_ms !== null);
    if (concerned || waiting === true) void this.refresh();
  }

  /** The order as the core has it now, when it is the one in hand; the cart goes where the order went. */
  accept(view: OrderView): void {
    if (view.id === this.orderId) this.#show(view);
    else this.drafts.follow(view);
  }

  /** Reads the order again; calls that come meanwhile become one more reading. */
  async refresh(): Promise<void> {
    const id = this.orderId;
    if (id === null || this.draft?.known === false) return;
    if (this.#reading) {
      this.#readAgain = true;
      return;
    }
    this.#reading = true;
    try {
      this.#show(await this.#backend.call('get_order', { order_id: id }));
    } catch (error) {
      // The connection's own sign says that the link is down; here what was read last stays.
      if (error instanceof CallFailed && error.code === 'unknown_order') this.problem = sentenceOf(error);
    } finally {
      this.#reading = false;
    }
    if (this.#readAgain) {
      this.#readAgain = false;
      await this.refresh();
    }
  }

  #take(draft: Draft): void {
    this.draft = draft;
    this.#ask();
  }

  async #openKnown(orderId: string): Promise<void> {
    try {
      const view = await this.#backend.call('get_order', { order_id: orderId });
      if (this.draft !== null && this.draft.order_id !== orderId) return;
      const place = { order_type: view.order_type, table: view.table };
      this.#take(this.drafts.take(orderId, place, true));
      this.#show(view);
    } catch (error) {
      if (this.draft === null) this.problem = sentenceOf(error);
    }
  }

  /** The order's own id, and those by which stations know its tickets: lines that came from elsewhere. */
  #ids(id: string): ReadonlySet<string> {
    return new Set([id, ...(this.view?.tickets.map((ticket) => ticket.order_id) ?? [])]);
  }

  #show(view: OrderView): void {
    if (view.id !== this.orderId) return;
    this.drafts.follow(view);
    const moved = this.view?.total_minor !== view.total_minor;
    this.view = view;
    this.readAt = this.#timers.now();
    this.#dropTaken(view);
    // Somebody else's lines are part of the total too.
    if (moved) this.#ask();
  }

  /** What the core has is typed no more: another window sent it, or this one before it was cut off. */
  #dropTaken({ lines }: OrderView): void {
    const taken = new Set(lines.map((line) => line.id));
    if (this.draft?.lines.some((line) => taken.has(line.id)) !== true) return;
    this.draft.lines = this.draft.lines.filter((line) => !taken.has(line.id));
    this.drafts.save();
  }

  /** Shows at once what an event says of a ticket's paper; the reading that follows says the rest. */
  #note(ticketId: string, paper: PaperNow): void {
    if (!this.view?.tickets.some((ticket) => ticket.id === ticketId)) return;
    // Times of a view count from when it was read.
    const age = this.#timers.now() - this.readAt;
    const waitMs = paper.wait_ms === null ? null : paper.wait_ms + age;
    const tickets = this.view.tickets.map((ticket) =>
      ticket.id === ticketId ? { ...ticket, job: paper.job, position: paper.place, wait_ms: waitMs } : ticket,
    );
    this.view = { ...this.view, tickets };
  }

  #line(lineId: string): CartLine | undefined {
    return this.draft?.lines.find((line) => line.id === lineId);
  }

  #changed(): void {
    this.drafts.save();
    if (this.draft !== null) this.sender.forgive(this.draft.order_id);
    this.#ask();
  }

  /** Asks what the cart comes to; only the newest answer counts. */
  #ask(): void {
    this.#quotes += 1;
    const asked = this.#quotes;
    const lines = this.unquoted;
    this.quoting = lines.length > 0;
    if (lines.length === 0) {
      this.quote = null;
      this.quoteProblem = null;
      return;
    }
    const request = {
      order_id: this.draft?.known === true ? this.draft.order_id : null,
      lines: lines.map((line) => wireLine($state.snapshot(line))),
    };
    this.#backend.call('quote_lines', request).then(
      (quote) => {
        if (asked === this.#quotes) this.#settle(quote, null);
      },
      (error: unknown) => {
        if (asked === this.#quotes) this.#settle(null, sentenceOf(error));
      },
    );
  }

  #settle(quote: Quote | null, problem: string | null): void {
    this.quoting = false;
    this.quote = quote;
    if (quote !== null) this.repriced = this.#told.changed(this.unquoted, quote);
    this.quoteProblem = problem;
  }
}
