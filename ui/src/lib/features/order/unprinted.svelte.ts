// The tickets that are not on paper, each with why and with what can be done about it. The floor knows which orders
// have some; each of these is asked for its tickets.

import { sentenceOf, type Backend } from '../../ipc/backend';
import type {
  FloorView,
  OrderStatus,
  OrderView,
  StationPulse,
  StuckJob,
  TicketView,
} from '../../ipc/bindings.gen';
import { isOpen, tickOf } from './tick';

/** Most orders that are asked for their tickets at once: whoever sees twenty has enough to do. */
export const MOST_ORDERS = 20;
/** Paper on its usual way is no news: the badge comes when something waits for longer, or has a cause. */
const USUAL_MS = 5_000;

const UNPROVED: ReadonlySet<OrderStatus> = new Set(['queued', 'printing', 'blocked']);

/** A ticket that is not on paper, and the order that it belongs to. */
export type Row = { ticket: TicketView; order: OrderView };

/** What is not on paper. */
export type Waiting = {
  /** Tickets that wait or failed, at all stations. */
  tickets: number;
  /** Papers of no station that failed. */
  papers: number;
  /** Whether it is worth a word. */
  told: boolean;
  stuck: boolean;
};

export function waitingOf(pulses: readonly StationPulse[], papers: number): Waiting {
  const waiting = pulses.filter((pulse) => pulse.waiting > 0);
  const failed = pulses.reduce((sum, pulse) => sum + pulse.failed, 0);
  const stuck = failed > 0 || papers > 0 || waiting.some((pulse) => pulse.cause !== null);
  return {
    tickets: failed + waiting.reduce((sum, pulse) => sum + pulse.waiting, 0),
    papers,
    told: stuck || waiting.some((pulse) => (pulse.oldest_ms ?? 0) > USUAL_MS),
    stuck,
  };
}

/** The open orders with a ticket that is not proved, those with a problem first, then the oldest. */
export function unproved(view: FloorView): string[] {
  const tables = view.rooms.flatMap((room) => room.tables);
  const orders = [...tables.flatMap((table) => table.orders), ...view.others];
  const blocked = (status: OrderStatus) => Number(status === 'blocked');
  return orders
    .filter((order) => UNPROVED.has(order.status))
    .sort((a, b) => blocked(b.status) - blocked(a.status) || a.last_action_at - b.last_action_at)
    .map((order) => order.id);
}

/** The tickets of these orders that are not on paper, those with a problem first, then the oldest. */
export function rowsOf(orders: readonly OrderView[]): Row[] {
  const problem = (row: Row) => Number(tickOf(row.ticket) === 'problem');
  return orders
    .flatMap((order) => order.tickets.map((ticket) => ({ ticket, order })))
    .filter((row) => isOpen(tickOf(row.ticket)))
    .sort((a, b) => problem(b) - problem(a) || a.ticket.created_at - b.ticket.created_at);
}

export class Unprinted {
  /** None until they are known. */
  rows = $state.raw<Row[] | null>(null);
  problem = $state<string | null>(null);
  /** Papers of no station that failed. */
  papers = $state.raw<StuckJob[]>([]);

  readonly #backend: Backend;
  #reading = false;
  #next: FloorView | null = null;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Asks the orders of this floor; a newer floor that comes meanwhile is asked next. */
  async read(floor: FloorView): Promise<void> {
    this.#next = floor;
    if (this.#reading) return;
    this.#reading = true;
    try {
      for (let view = this.#take(); view !== null; view = this.#take()) {
        const ids = unproved(view).slice(0, MOST_ORDERS);
        const asked = ids.map((id) => this.#backend.call('get_order', { order_id: id }));
        this.rows = rowsOf(await Promise.all(asked));
        this.problem = null;
      }
    } catch (error) {
      this.problem = this.rows === null ? sentenceOf(error) : null;
    } finally {
      this.#reading = false;
    }
  }

  /** Asks which papers of no station failed; what is not known stays as it was. */
  async readPapers(): Promise<void> {
    try {
      const { jobs } = await this.#backend.call('list_stuck_jobs', {});
      this.papers = jobs.filter((job) => job.ticket_id === null && job.state === 'failed');
    } catch {
      // The badge still counts them, and the next pulse asks again.
    }
  }

  #take(): FloorView | null {
    const next = this.#next;
    this.#next = null;
    return next;
  }
}
