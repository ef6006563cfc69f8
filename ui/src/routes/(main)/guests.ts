// What the guests' window may know of the main one: the order in hand as it stands there, and what is taken away.

import type { GuestOrder } from '$lib/features/guest/feed';
import { CLOSED } from '$lib/features/order/draft';
import type { Hand } from '$lib/features/order/hand.svelte';
import type { OrderStatus, OrderSummary } from '$lib/ipc/bindings.gen';

/** Most numbers of one kind that a guest looks through. */
export const MOST_NUMBERS = 24;

const BEING_MADE: ReadonlySet<OrderStatus> = new Set([
  'queued',
  'printing',
  'blocked',
  'sent',
  'printed',
  'preparing',
]);

type InHand = Pick<Hand, 'draft' | 'view' | 'quote' | 'unquoted' | 'total'>;

/** The order in hand, without what is nobody else's business; none while nothing is in it. */
export function guestOrder(hand: InHand, money: (minor: number) => string): GuestOrder | null {
  const { draft, view, quote, total } = hand;
  if (draft === null || (view !== null && CLOSED.has(view.status))) return null;
  const totals = new Map(quote?.lines.map((line) => [line.id, line.total_minor]));
  const sent = (view?.lines ?? []).filter((line) => !line.voided);
  const typed = hand.unquoted.map(({ id, quantity, name, modifier_names }) => {
    const minor = totals.get(id);
    return {
      id,
      quantity,
      name,
      modifiers: [...modifier_names],
      amount: minor === undefined ? null : money(minor),
    };
  });
  const lines = [
    ...sent.map(({ id, quantity, name, modifiers, total_minor }) => ({
      id,
      quantity,
      name,
      modifiers: modifiers.map((modifier) => modifier.name),
      amount: money(total_minor),
    })),
    ...typed,
  ];
  return lines.length === 0 ? null : { lines, total: total === null ? null : money(total) };
}

/** Numbers of what guests wait for at the counter, the newest first. */
export function guestNumbers(orders: readonly OrderSummary[]): { ready: number[]; making: number[] } {
  const numbers = (is: (order: OrderSummary) => boolean) =>
    orders
      .filter((order) => order.order_type === 'take_away' || order.order_type === 'counter')
      .filter((order) => order.stage !== 'handed_over' && is(order))
      .map((order) => order.number)
      .sort((a, b) => b - a)
      .slice(0, MOST_NUMBERS);
  return {
    ready: numbers((order) => order.status === 'ready'),
    making: numbers((order) => BEING_MADE.has(order.status)),
  };
}
