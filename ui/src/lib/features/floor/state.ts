// How far an order is, as one of the product's states and as a tick. A table shows the most pressing of its orders.

import type { OrderStatus, OrderSummary } from '../../ipc/bindings.gen';
import type { State } from '../../ui/state';
import type { Tick } from '../../ui/tick';

/** Paper that takes longer than this comes forward: the core, too, wants attention for it from then on. */
export const LATE_MS = 30_000;

/** `busy` until every ticket is proved; an order of which nothing is made has none to prove. */
const STATES: Record<OrderStatus, State> = {
  received: 'calm',
  queued: 'busy',
  printing: 'busy',
  sent: 'busy',
  blocked: 'alarm',
  printed: 'calm',
  preparing: 'calm',
  ready: 'calm',
  paid: 'calm',
  voided: 'info',
  merged: 'info',
};

const TICKS: Record<OrderStatus, Tick> = {
  received: 'none',
  queued: 'waiting',
  printing: 'sending',
  sent: 'unconfirmed',
  blocked: 'problem',
  printed: 'printed',
  preparing: 'seen',
  ready: 'ready',
  paid: 'ready',
  voided: 'cancelled',
  merged: 'none',
};

const PRESSING: State[] = ['alarm', 'warn', 'busy', 'info', 'calm'];

/** The state at an instant of the core's clock. */
export function orderState(order: OrderSummary, now: number): State {
  const onItsWay = order.status === 'queued' || order.status === 'printing';
  const since = order.waiting_since;
  return onItsWay && since !== null && now - since > LATE_MS ? 'warn' : STATES[order.status];
}

export function orderTick(order: OrderSummary): Tick {
  return TICKS[order.status];
}

/** The order that says most about a table; none for a free table. */
export function foremost(orders: readonly OrderSummary[], now: number): OrderSummary | null {
  const weight = (order: OrderSummary) => PRESSING.indexOf(orderState(order, now));
  return orders.reduce<OrderSummary | null>(
    (most, order) => (most === null || weight(order) < weight(most) ? order : most),
    null,
  );
}
