import { describe, expect, it } from 'vitest';
import { leftOf } from './promise';

const MINUTE = 60_000;
const NOW = 1_775_006_040_000;

describe('what is left of a promise', () => {
  it.each([
    [25 * MINUTE, { state: 'calm', minutes: 25, late: false }],
    [10 * MINUTE + 1, { state: 'calm', minutes: 11, late: false }],
    [10 * MINUTE, { state: 'warn', minutes: 10, late: false }],
    [1, { state: 'warn', minutes: 1, late: false }],
    [0, { state: 'warn', minutes: 0, late: false }],
    [-1, { state: 'alarm', minutes: 0, late: true }],
    [-7 * MINUTE, { state: 'alarm', minutes: 7, late: true }],
  ])('with %d ms to go', (left, expected) => {
    expect(leftOf(NOW + left, NOW)).toEqual(expected);
  });
});
