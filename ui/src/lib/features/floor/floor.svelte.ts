// The floor in memory: rooms, tables and what is open, read again when the core says that something moved.

import { plain } from '../../i18n/plain';
import type { Backend } from '../../ipc/backend';
import type { Event, FloorView, OrderSummary, RoomView, TableView } from '../../ipc/bindings.gen';
import { Kept } from '../../ipc/kept.svelte';
import { Teller } from '../../ipc/tell';

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
  readonly kept: Kept<FloorView>;
  chosen = $state<string | null>(null);

  readonly #teller: Teller;

  constructor(backend: Backend) {
    this.#teller = new Teller(backend);
    this.kept = new Kept(() => backend.call('get_floor', {}));
  }

  get view(): FloorView | null {
    return this.kept.value;
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
  async handOver(order_id: string, handed_over: boolean): Promise<void> {
    await this.#teller.tell('hand_over_order', { order_id, handed_over });
    await this.kept.read();
  }

  hear(event: Event): void {
    const moves = ['order_changed', 'ticket_changed', 'floor_changed'];
    if (moves.includes(event.kind)) void this.kept.read();
  }
}
