// What the guests' window may know of the main one: the order in hand as it stands there, and what is taken away.

import type { GuestLine, GuestNumber, GuestOrder } from '$lib/features/guest/feed';
import { ownLines, partsOf } from '$lib/features/order/combos';
import type { Hand } from '$lib/features/order/hand.svelte';
import type { LineView, OrderStatus, OrderSummary } from '$lib/ipc/bindings.gen';

/** Most numbers that a guest looks through, ready and being made together. */
export const MOST_NUMBERS = 36;

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
export function guestOrder(
  hand: InHand,
  money: (minor: number) => string,
  extra: (minor: number) => string,
): GuestOrder | null {
  const { draft, view, quote, total } = hand;
  if (draft === null || view?.closed === true) return null;
  const totals = new Map(quote?.lines.map((line) => [line.id, line.total_minor]));
  const said = (minor: number | undefined) => (minor === undefined || minor === 0 ? null : extra(minor));
  const amount = (id: string) => {
    const minor = totals.get(id);
    return minor === undefined ? null : money(minor);
  };
  const sent = (view?.lines ?? []).filter((line) => !line.voided);
  const words = (line: LineView) => line.modifiers.map((modifier) => modifier.name);
  const lines: GuestLine[] = [
    ...ownLines(sent).map((line) => ({
      id: line.id,
      quantity: line.quantity,
      name: line.name,
      modifiers: words(line),
      parts: partsOf(sent, line).map((part) => ({
        id: part.id,
        name: part.name,
        modifiers: words(part),
        extra: said(part.total_minor),
      })),
      amount: money(line.total_minor),
    })),
    ...hand.unquoted.map(({ id, quantity, name, modifier_names, parts }) => ({
      id,
      quantity,
      name,
      modifiers: [...modifier_names],
      parts: parts.map((part) => ({
        id: part.id,
        name: part.name,
        modifiers: [...part.modifier_names],
        extra: said(totals.get(part.id)),
      })),
      amount: amount(id),
    })),
  ];
  return lines.length === 0 ? null : { lines, total: total === null ? null : money(total) };
}

/**
 * Numbers of what guests wait for at the counter, the newest first; with their kind where two would be the same. Where they
 * are too many, those that were begun last wait to be shown: whatever is ready is called until it is fetched.
 */
export function guestNumbers(orders: readonly OrderSummary[]): {
  ready: GuestNumber[];
  making: GuestNumber[];
} {
  const awaited = orders
    .filter((order) => order.stage !== 'handed_over')
    .flatMap(({ number, order_type: kind, status }) => {
      if (kind !== 'take_away' && kind !== 'counter') return [];
      return status === 'ready' || BEING_MADE.has(status)
        ? [{ number, kind, isReady: status === 'ready' }]
        : [];
    })
    .sort((a, b) => b.number - a.number);
  const ready = awaited.filter(({ isReady }) => isReady).slice(0, MOST_NUMBERS);
  const begun = awaited.filter(({ isReady }) => !isReady);
  const making = begun.slice(Math.max(0, begun.length - (MOST_NUMBERS - ready.length)));
  const shown = [...ready, ...making];
  const named = ({ number, kind }: { number: number; kind: 'take_away' | 'counter' }): GuestNumber => {
    const isTwice = shown.some((other) => other.number === number && other.kind !== kind);
    return { number, kind: isTwice ? kind : null };
  };
  return { ready: ready.map(named), making: making.map(named) };
}
