import { describe, expect, it } from 'vitest';
import { clockDuration, minutes, momentOf, seconds, wallClock } from './time';

describe('times', () => {
  it.each([
    [0, '00:00'],
    [-5_000, '00:00'],
    [75_999, '01:15'],
    [3_599_000, '59:59'],
    [3_729_000, '1:02:09'],
  ])('%s ms last %s', (ms, text) => {
    expect(clockDuration(ms)).toBe(text);
  });

  it.each([
    [900, 'es', '0,9'],
    [900, 'en', '0.9'],
    [9_949, 'en', '9.9'],
    [9_960, 'en', '10'],
    [42_400, 'es', '42'],
    [-1, 'es', '0,0'],
  ] as const)('%s ms in %s are %s seconds', (ms, language, text) => {
    expect(seconds(ms, language)).toBe(text);
  });

  it('counts whole minutes only', () => {
    expect([minutes(59_999), minutes(60_000), minutes(-1)]).toEqual([0, 1, 0]);
  });

  it("shows the branch's wall clock, across midnight too", () => {
    const at = Date.UTC(2026, 0, 2, 1, 14);
    expect(wallClock(at, -300)).toBe('20:14');
    expect(wallClock(at, 330)).toBe('06:44');
  });

  it('are moments of the branch’s own day, or of another one', () => {
    const noon = Date.UTC(2026, 10, 27, 12);
    const hours = (count: number) => noon + count * 3_600_000;
    // 23:30 in Bogotá is another day in Greenwich already, and still the same one there.
    expect(momentOf(noon, hours(16.5), -300, 'es')).toEqual({ day: null, time: '07:00' });
    expect(momentOf(noon, hours(17), -300, 'es')).toEqual({ day: '27 nov', time: '07:00' });
    expect(momentOf(noon, hours(17), -300, 'en')).toEqual({ day: 'Nov 27', time: '07:00' });
  });
});
