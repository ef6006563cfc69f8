import { describe, expect, it } from 'vitest';
import { newDraft, type CartLine } from '$lib/features/order/draft';
import type { LineView, OrderStatus, OrderSummary, OrderType, OrderView } from '$lib/ipc/bindings.gen';
import { guestNumbers, guestOrder, MOST_NUMBERS } from './guests';

const money = (minor: number) => `$${String(minor)}`;
const extra = (minor: number) => `+ ${money(minor)}`;

function typed(id: string): CartLine {
  return {
    id,
    product_id: 'limonada',
    variant_id: null,
    quantity: 1,
    modifier_ids: ['m1'],
    note: 'sin hielo',
    allergy: 'maní',
    course: 1,
    seat: null,
    held: false,
    name: 'Limonada',
    modifier_names: ['Vaso'],
    parts: [],
  };
}

function sent(id: string, voided = false): LineView {
  const line = {
    id,
    name: 'Ajiaco',
    quantity: 2,
    total_minor: 38,
    voided,
    modifiers: [],
    combo_line_id: null,
  };
  return line as unknown as LineView;
}

function view(status: OrderStatus, lines: LineView[]): OrderView {
  return { id: 'o1', status, lines } as unknown as OrderView;
}

const draft = newDraft('o1', { order_type: 'take_away', table: null }, false);
const nothing = { draft, view: null, quote: null, unquoted: [], total: null };

describe('what guests see of the order in hand', () => {
  it('is nothing while there is none, or nothing in it, or when it is done with', () => {
    expect(guestOrder({ ...nothing, draft: null }, money, extra)).toBeNull();
    expect(guestOrder(nothing, money, extra)).toBeNull();
    expect(guestOrder({ ...nothing, view: view('queued', [sent('l1', true)]) }, money, extra)).toBeNull();
    const paid = { ...view('paid', [sent('l1')]), closed: true };
    expect(guestOrder({ ...nothing, view: paid, total: 38 }, money, extra)).toBeNull();
  });

  it('is what was sent and what is typed, as the till shows it, and no note of the kitchen’s', () => {
    const quote = { lines: [{ id: 'l2', unit_price_minor: 12, total_minor: 12 }] };
    const shown = guestOrder(
      {
        draft,
        view: view('queued', [sent('l1'), sent('gone', true)]),
        quote: quote as never,
        unquoted: [typed('l2'), typed('l3')],
        total: 50,
      },
      money,
      extra,
    );
    expect(shown).toEqual({
      lines: [
        { id: 'l1', quantity: 2, name: 'Ajiaco', modifiers: [], parts: [], amount: '$38' },
        { id: 'l2', quantity: 1, name: 'Limonada', modifiers: ['Vaso'], parts: [], amount: '$12' },
        { id: 'l3', quantity: 1, name: 'Limonada', modifiers: ['Vaso'], parts: [], amount: null },
      ],
      total: '$50',
    });
    expect(JSON.stringify(shown)).not.toMatch(/hielo|maní/);
  });

  it('shows a combo with what was chosen for it, and an amount only where that costs more', () => {
    const part = (id: string, name: string) => ({
      ...{ id, name, slot_id: 's', product_id: id, variant_id: null },
      ...{ modifier_ids: [], modifier_names: [] },
    });
    const combo = {
      ...typed('c'),
      name: 'Combo',
      modifier_names: [],
      parts: [part('p1', 'Ajiaco'), part('p2', 'Coco')],
    };
    const sentPart = { ...sent('s1'), combo_line_id: 'sent', total_minor: 5, name: 'Jugo' };
    const quote = {
      lines: [
        { id: 'c', total_minor: 42 },
        { id: 'p1', total_minor: 0 },
        { id: 'p2', total_minor: 4 },
      ],
    };
    const shown = guestOrder(
      {
        draft,
        view: view('queued', [sent('sent'), sentPart]),
        quote: quote as never,
        unquoted: [combo],
        total: 89,
      },
      money,
      extra,
    );
    expect(
      shown?.lines.map((line) => [line.id, line.amount, line.parts.map((one) => [one.name, one.extra])]),
    ).toEqual([
      ['sent', '$38', [['Jugo', '+ $5']]],
      [
        'c',
        '$42',
        [
          ['Ajiaco', null],
          ['Coco', '+ $4'],
        ],
      ],
    ]);
  });

  it('says no total while nobody knows it', () => {
    expect(guestOrder({ ...nothing, unquoted: [typed('l1')] }, money, extra)?.total).toBeNull();
  });
});

describe('numbers that guests wait for', () => {
  const order = (number: number, status: OrderStatus, order_type: OrderType = 'take_away') =>
    ({ number, status, order_type }) as OrderSummary;

  it('are ready or being made, of what is fetched at the counter', () => {
    const orders = [
      order(3, 'preparing'),
      order(4, 'ready'),
      order(7, 'ready', 'counter'),
      order(5, 'blocked'),
      order(6, 'received'),
      order(8, 'ready', 'delivery'),
      order(9, 'paid'),
      { ...order(10, 'ready'), stage: 'handed_over' as const },
    ];
    const { ready, making } = guestNumbers(orders);
    expect([ready, making].map((all) => all.map(({ number }) => number))).toEqual([
      [7, 4],
      [5, 3],
    ]);
  });

  it('are no more than a person looks through: what was begun last is not shown yet, what is ready is', () => {
    const forgotten = [order(1, 'ready'), order(2, 'ready')];
    const begun = Array.from({ length: MOST_NUMBERS }, (_, at) => order(at + 3, 'preparing'));
    const { ready, making } = guestNumbers([...forgotten, ...begun]);
    expect(ready.map(({ number }) => number)).toEqual([2, 1]);
    expect(making.map(({ number }) => number).toReversed()).toEqual(
      Array.from({ length: MOST_NUMBERS - 2 }, (_, at) => at + 3),
    );
  });

  it('are those that are ready alone when there is room for no more', () => {
    const many = Array.from({ length: MOST_NUMBERS + 9 }, (_, at) => order(at + 1, 'ready'));
    const { ready, making } = guestNumbers([...many, order(99, 'preparing')]);
    expect([ready.length, ready[0]?.number, making]).toEqual([MOST_NUMBERS, MOST_NUMBERS + 9, []]);
  });

  it('say of which kind they are where the same one is called of both, and nowhere else', () => {
    const orders = [
      order(1, 'ready'),
      order(1, 'preparing', 'counter'),
      order(2, 'ready'),
      order(2, 'ready', 'delivery'),
      order(3, 'preparing', 'counter'),
      { ...order(3, 'ready'), stage: 'handed_over' as const },
    ];
    expect(guestNumbers(orders)).toEqual({
      ready: [
        { number: 2, kind: null },
        { number: 1, kind: 'take_away' },
      ],
      making: [
        { number: 3, kind: null },
        { number: 1, kind: 'counter' },
      ],
    });
  });
});
