// What is still to make, product by product, whoever ordered it.

import type { KitchenTicket } from '$lib/ipc/bindings.gen';

export interface Sum {
  readonly name: string;
  readonly quantity: number;
  /** None of what tickets of an earlier program ask for. */
  readonly product_id: string | null;
}

/** The lines of these tickets together, most first. What was taken back is not made. */
export function stillToMake(tickets: readonly KitchenTicket[]): Sum[] {
  const sums = new Map<string, Sum>();
  for (const line of tickets.flatMap((ticket) => ticket.lines).filter((one) => !one.voided)) {
    const before = sums.get(line.name);
    sums.set(line.name, {
      name: line.name,
      quantity: (before?.quantity ?? 0) + line.quantity,
      product_id: before?.product_id ?? line.product_id,
    });
  }
  return [...sums.values()].sort((a, b) => b.quantity - a.quantity || a.name.localeCompare(b.name));
}
