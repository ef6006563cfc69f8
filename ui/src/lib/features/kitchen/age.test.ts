// A ticket's colour follows its products' preparation times, and the stopwatch reads like one.
import { describe, expect, it } from 'vitest';
import { ageOf, ageOfSlip, isLate, stopwatch } from './age';
import { slip as slipOf, ticket as ticketOf } from './testing';

const ticket = { created_at: 100_000, late_at: 200_000 };

describe('the age of a ticket', () => {
  it.each([
    ['just written', 100_000, 'calm', 0, 0],
    ['a moment before 60 %', 159_999, 'calm', 59_999, 0.59999],
    ['at 60 %', 160_000, 'warn', 60_000, 0.6],
    ['a moment before it is late', 199_999, 'warn', 99_999, 0.99999],
    ['at its time', 200_000, 'late', 100_000, 1],
    ['long after', 900_000, 'late', 800_000, 1],
    ['by a clock that is behind', 90_000, 'calm', 0, 0],
  ] as const)('%s', (_, now, stage, elapsed_ms, share) => {
    expect(ageOf(ticket, now)).toEqual({ stage, elapsed_ms, share });
  });

  it('is late at once when it has no time at all', () => {
    expect(ageOf({ created_at: 5, late_at: 5 }, 5).stage).toBe('late');
  });
});

describe('a slip that tells of a move', () => {
  const slip = slipOf('s', { created_at: 5, late_at: 5 });

  it('is never late: nothing is made of it', () => {
    expect([isLate(slip, 900_000), ageOfSlip(slip, 900_000).stage]).toEqual([false, 'calm']);
    expect(isLate(ticketOf('a', { created_at: 5, late_at: 5 }), 5)).toBe(true);
  });
});

describe('the stopwatch', () => {
  it.each([
    [0, '00:00'],
    [999, '00:00'],
    [380_000, '06:20'],
    [3_599_000, '59:59'],
    [6_245_000, '104:05'],
  ])('%i ms is %s', (ms, text) => expect(stopwatch(ms)).toBe(text));
});
