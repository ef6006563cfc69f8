import { describe, expect, it } from 'vitest';
import {
  BEAT_MS,
  PAINT_MS,
  READ_MS,
  SILENCE_MS,
  WINDOW_BEAT_MS,
  WINDOW_SILENCE_MS,
  WITHIN_MS,
} from './signs';

describe('signs', () => {
  it.each([
    ['the core', SILENCE_MS + PAINT_MS],
    ['a main window', WINDOW_SILENCE_MS + PAINT_MS],
  ])('says within five seconds that %s is silent', (_, worst) => {
    expect(WITHIN_MS).toBe(5_000);
    expect(worst).toBeLessThan(WITHIN_MS);
  });

  it('calls no core lost that lives, though a beat is lost and the next one late', () => {
    expect(2 * BEAT_MS + READ_MS).toBeLessThanOrEqual(SILENCE_MS);
    expect(2 * WINDOW_BEAT_MS).toBeLessThan(WINDOW_SILENCE_MS);
  });
});
