import { describe, expect, it } from 'vitest';
import type { DivisionView, LineView, OrderView } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { Parts, payers } from './parts.svelte';

function line(id: string, fields: Partial<LineView> = {}): LineView {
  return {
    id,
    product_id: id,
    variant_id: null,
    name: id,
    quantity: 1,
    unit_price_minor: 1_000,
    total_minor: 1_000,
    reason: null,
    modifiers: [],
    note: null,
    allergy: null,
    course: 1,
    seat: null,
    held: false,
    fired_at: null,
    voided: false,
    void: null,
    ticket_id: null,
    combo_line_id: null,
    ...fields,
  };
}

function view(lines: LineView[], fields: Partial<OrderView> = {}): OrderView {
  return { id: 'o', revision: 1, covers: null, division: null, lines, ...fields } as OrderView;
}

const EMPTY: DivisionView = { parts: [], lines: [] };

function asked(order: OrderView) {
  const backend = new ScriptedBackend({ quote_division: () => EMPTY, divide_bill: () => order });
  return { backend, parts: new Parts(backend, order) };
}

describe('a bill that is to be divided', () => {
  it('begins with a part for each guest, within what can be', () => {
    const count = (covers: number | null) => asked(view([line('a')], { covers })).parts.count;
    expect([null, 1, 4, 300].map(count)).toEqual([2, 2, 4, 30]);
  });

  it('begins with how it is divided already', () => {
    const division: DivisionView = {
      parts: [2, 5].map((seat, at) => ({ number: at + 1, seat, net_minor: 0, tax_minor: 0, total_minor: 0 })),
      lines: [
        { line_id: 'a', weights: [1, 0], amounts_minor: [0, 0], said: true },
        { line_id: 'b', weights: [1, 1], amounts_minor: [0, 0], said: false },
      ],
    };
    const { parts } = asked(view([line('a'), line('b')], { division }));
    expect([parts.count, parts.seats, parts.said('a'), parts.said('b')]).toEqual([2, [2, 5], [1, 0], null]);
  });

  it('has somebody for each line: who is named first begins anew, and when none is left all share it', async () => {
    const { backend, parts } = asked(view([line('a'), line('b')], { covers: 3 }));
    parts.toggle('a', 2);
    parts.toggle('a', 0);
    expect(parts.said('a')).toEqual([1, 0, 1]);
    parts.weigh('a', 2, 5);
    await parts.ask();
    expect(backend.requests('quote_division').at(-1)).toEqual({
      order_id: 'o',
      parts: 3,
      seats: [],
      shares: [{ line_id: 'a', weights: [1, 0, 5] }],
    });
    parts.toggle('a', 0);
    parts.toggle('a', 2);
    expect(parts.said('a')).toBeNull();
  });

  it('keeps who shares what when there are more or fewer, as far as somebody is left', () => {
    const { parts } = asked(view([line('a'), line('b')], { covers: 3 }));
    parts.toggle('a', 0);
    parts.toggle('b', 2);
    parts.setCount(4);
    expect([parts.said('a'), parts.said('b')]).toEqual([
      [1, 0, 0, 0],
      [0, 0, 1, 0],
    ]);
    parts.setCount(2);
    expect([parts.said('a'), parts.said('b')]).toEqual([[1, 0], null]);
    parts.setCount(1);
    parts.setCount(31);
    expect(parts.count).toBe(30);
  });

  it('goes by seat where something is of a seat, and a guest who does not pay takes nothing away from others', () => {
    const order = view([line('a', { seat: 3 }), line('b'), line('c', { seat: 9, voided: true })], {
      covers: 2,
    });
    expect(payers(order)).toEqual([1, 2, 3]);
    expect(payers(view([line('a')], { covers: 4 }))).toEqual([]);
    const { parts } = asked(order);
    parts.bySeat(true);
    parts.toggle('b', 2);
    parts.toggleSeat(1);
    expect([parts.seats, parts.count, parts.said('b')]).toEqual([[2, 3], 2, [0, 1]]);
    parts.toggleSeat(2);
    expect(parts.seats).toEqual([2, 3]);
    parts.toggleSeat(1);
    expect([parts.seats, parts.said('b')]).toEqual([
      [1, 2, 3],
      [0, 0, 1],
    ]);
  });

  it('follows the order: what has gone is named no more', () => {
    const { backend, parts } = asked(view([line('a'), line('b')]));
    parts.toggle('a', 0);
    parts.follow(view([line('b')], { revision: 2 }));
    parts.follow(view([line('b')], { revision: 2 }));
    expect(backend.requests('quote_division').map((one) => one.shares.length)).toEqual([1, 0]);
  });

  it('shows the answer to the last question, whichever comes first', async () => {
    const answers: ((quote: DivisionView) => void)[] = [];
    const backend = new ScriptedBackend({
      quote_division: () => new Promise((resolve) => answers.push(resolve)),
    });
    const parts = new Parts(backend, view([line('b')]));
    const [first, last] = [parts.ask(), parts.ask()];
    answers[1]?.({
      parts: [],
      lines: [{ line_id: 'b', weights: [1, 1], amounts_minor: [5, 5], said: false }],
    });
    await last;
    expect(parts.asking).toBe(false);
    answers[0]?.(EMPTY);
    await first;
    expect(parts.shared('b')).toEqual({ weights: [1, 1], amounts: [5, 5] });
  });

  it('says what the core says against it, and joins as one part', async () => {
    const { backend, parts } = asked(view([line('a')]));
    backend.answers.quote_division = () => {
      throw new Error('Nadie pagaría.');
    };
    await parts.ask();
    expect(parts.problem).toBe('Nadie pagaría.');
    parts.toggle('a', 0);
    await parts.join();
    await parts.save();
    expect(backend.requests('divide_bill')).toMatchObject([
      { order_id: 'o', parts: 1, shares: [] },
      { order_id: 'o', parts: 2, shares: [{ line_id: 'a', weights: [1, 0] }] },
    ]);
  });
});
