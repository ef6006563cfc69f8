// The floor in memory: rooms, tables and what is open, read again when the core says that something moved.

import { plain } from '../../i18n/plain';
import { sentenceOf, type Backend } from '../../ipc/backend';
import type { Event, FloorView, OrderSummary, RoomView, TableView } from '../../ipc/bindings.gen';

function orderAnswers(order: OrderSummary, words: string): boolean {
  return String(order.number) === words || plain(order.customer ?? '').includes(words);
}

/** Whether a table is meant by what is searched: its name's beginning, an order's number, a guest's name. */
export function answers(table: TableView, searched: string): boolean {
  const words = plain(searched);
  return plain(table.name).startsWith(words) || table.orders.some((order) => orderAnswers(order, words));
}

/** What Enter opens. */
export type Found = { table: TableView } | { order: OrderSummary };

export class Floor {
  view = $state.raw<FloorView | null>(null);
  problem = $state<string | null>(null);
  chosen = $state<string | null>(null);

  readonly #backend: Backend;
  #reading = false;
  #again = false;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get room(): RoomView | null {
    const rooms = this.view?.rooms ?? [];
    return rooms.find((room) => room.id === this.chosen) ?? rooms[0] ?? null;
  }

  /** The first table or open order that is meant; a table of exactly this name before all others. */
  find(searched: string): Found | null {
    const words = plain(searched);
    if (words === '') return null;
    const tables = this.view?.rooms.flatMap((room) => room.tables) ?? [];
    const exact = tables.find((table) => plain(table.name) === words);
    const table =
      exact ??
      this.room?.tables.find((one) => answers(one, words)) ??
      tables.find((one) => answers(one, words));
    if (table) return { table };
    const order = this.view?.others.find((one) => orderAnswers(one, words));
    return order ? { order } : null;
  }

  /** Says that an order was handed to whoever ordered it, or was not after all. */
  async handOver(order_id: string, handed_over: boolean, command_id: string): Promise<void> {
    await this.#backend.call('hand_over_order', { command_id, order_id, handed_over });
    await this.load();
  }

  hear(event: Event): void {
    const moves = ['order_changed', 'ticket_changed', 'floor_changed'];
    if (moves.includes(event.kind)) void this.load();
  }

  /** Reads the floor; calls that come meanwhile become one more reading. */
  async load(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    try {
      this.view = await this.#backend.call('get_floor', {});
      this.problem = null;
    } catch (error) {
      this.problem = this.view === null ? sentenceOf(error) : null;
    } finally {
      this.#reading = false;
    }
    if (this.#again) {
      this.#again = false;
      await this.load();
    }
  }
}
