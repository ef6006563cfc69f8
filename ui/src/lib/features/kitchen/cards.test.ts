// However long an order is, every line is on a card that says whose it is, below its own station, in order and once.
import { describe, expect, it } from 'vitest';
import { cardsOf, PASS_SCALE } from './cards';
import { ordersOf } from './orders';
import { columnOf } from './surface';
import { line, ticket } from './testing';

const SCREEN = { width: 1366, height: 640, rem: 16 };
const column = columnOf(SCREEN, 4, PASS_SCALE);

function orderOf(counts: Readonly<Record<string, number>>) {
  const views = Object.entries(counts).map(([station, count]) => {
    const lines = Array.from({ length: count }, (_, n) => line({ line_id: `${station} ${String(n)}` }));
    const own = ticket(station, { order_id: 'order', station_id: station, lines });
    const pulse = { station_id: station, station } as never;
    return { station_id: station, station, tickets: [own], done: [], held: [], pulse, now: 0 };
  });
  const [order] = ordersOf(views, new Map());
  if (!order) throw new Error('there is no order');
  return order;
}

const look = (counts: Readonly<Record<string, number>>) =>
  cardsOf(orderOf(counts), column).map((sections) =>
    sections.map(({ part, lines, begins }) => [part.station, lines.length, begins] as const),
  );

describe('the cards of an order', () => {
  it('are one with a section for each station when it fits', () => {
    expect(look({ Bar: 1, Cocina: 2 })).toEqual([
      [
        ['Bar', 1, true],
        ['Cocina', 2, true],
      ],
    ]);
  });

  it('are several when it does not, each line once below its own station', () => {
    const cards = look({ Bar: 3, Cocina: 40 });
    expect(cards.length).toBeGreaterThan(1);
    const sections = cards.flat();
    const of = (station: string) => sections.filter((section) => section[0] === station);
    const count = (station: string) => of(station).reduce((sum, section) => sum + section[1], 0);
    expect([count('Bar'), count('Cocina')]).toEqual([3, 40]);
    expect(of('Cocina').map((section) => section[2])).toEqual(of('Cocina').map((_, at) => at === 0));
  });

  it('have a section also for a station whose ticket says nothing', () => {
    expect(look({ Cocina: 0 })).toEqual([[['Cocina', 0, true]]]);
  });
});
