// How far an order is, as one of the product's states. A table shows the most pressing of its orders.

import type { OrderStatus, OrderSummary } from '../../ipc/bindings.gen';
import type { State } from '../../ui/state';

const STATES: Record<OrderStatus, State> = {
  received: 'busy',
  queued: 'busy',
  printing: 'busy',
  sent: 'busy',
  blocked: 'alarm',
  printed: 'calm',
  preparing: 'calm',
  ready: 'calm',
  paid: 'calm',
  voided: 'info',
};

const PRESSING: State[] = ['alarm', 'warn', 'busy', 'info', 'calm'];

export function orderState(order: OrderSummary): State {
  return STATES[order.status];
}

/** The order that says most about a table; none for a free table. */
export function foremost(orders: readonly OrderSummary[]): OrderSummary | null {
  const weight = (order: OrderSummary) => PRESSING.indexOf(orderState(order));
  return orders.reduce<OrderSummary | null>(
    (most, order) => (most === null || weight(order) < weight(most) ? order : most),
    null,
  );
}
