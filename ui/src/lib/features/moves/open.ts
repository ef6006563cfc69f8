// All open orders of the floor, each with the table where it stands.

import type { FloorView, OrderSummary, TableView } from '../../ipc/bindings.gen';

export type Standing = { order: OrderSummary; table: TableView | null };

/** By table as the rooms have them, then those without one. */
export function openOrders(floor: FloorView | null): Standing[] {
  const tables = floor?.rooms.flatMap((room) => room.tables) ?? [];
  return [
    ...tables.flatMap((table) => table.orders.map((order) => ({ order, table }))),
    ...(floor?.others ?? []).map((order) => ({ order, table: null })),
  ];
}

/** The table where an order stands. */
export function tableOf(floor: FloorView | null, orderId: string): TableView | null {
  return openOrders(floor).find(({ order }) => order.id === orderId)?.table ?? null;
}
