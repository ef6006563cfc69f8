import { describe, expect, it } from 'vitest';
import type { StationPulse, TicketView } from '../../ipc/bindings.gen';
import { minutesLeft, minutesTo, pacesOf, slowestOf } from './pace';

const pulse = (station_id: string, ready_in_minutes: number | null) =>
  ({ station_id, station: station_id.toUpperCase(), ready_in_minutes }) as StationPulse;

const ticket = (expected_at: number | null) => ({ expected_at }) as TicketView;

describe('the pace of what is typed', () => {
  const pulses = [pulse('kitchen', 14), pulse('bar', 3), pulse('sweets', null)];

  it('is that of the stations that make it, of those that know theirs', () => {
    expect(pacesOf(new Set(['bar', 'kitchen', 'sweets']), pulses)).toEqual([
      { station: 'KITCHEN', minutes: 14 },
      { station: 'BAR', minutes: 3 },
    ]);
    expect(pacesOf(new Set(['sweets']), pulses)).toEqual([]);
    expect(pacesOf(new Set(), pulses)).toEqual([]);
  });

  it('is as long as the slowest of them takes', () => {
    expect(slowestOf(pacesOf(new Set(['bar', 'kitchen']), pulses))).toBe(14);
    expect(slowestOf([])).toBeNull();
  });
});

describe('a ticket that is being made', () => {
  it.each([
    [600_000, 10],
    [601_500, 10],
    [602_001, 11],
    [2_001, 1],
    [0, 0],
    [-90_000, 0],
  ])('expected in %s ms takes %s minutes', (ms, minutes) => {
    expect(minutesTo(ticket(5_000_000 + ms), 5_000_000)).toBe(minutes);
  });

  it('says nothing where nobody knows', () => {
    expect(minutesTo(ticket(null), 0)).toBeNull();
    expect(minutesLeft([], 0)).toBeNull();
    expect(minutesLeft([ticket(null)], 0)).toBeNull();
  });

  it('is promised with the others of its order, and never for this very moment', () => {
    expect(minutesLeft([ticket(120_000), ticket(null), ticket(700_000)], 0)).toBe(12);
    expect(minutesLeft([ticket(-60_000)], 0)).toBe(1);
  });
});
