import { describe, expect, it } from 'vitest';
import { pinFault } from './pin';

describe('a PIN that is typed twice', () => {
  it.each([
    ['', '', true, 'missing'],
    ['', '', false, null],
    ['1234', '1234', true, null],
    ['0000', '0000', false, null],
    ['123', '123', true, 'shape'],
    ['12345', '12345', true, 'shape'],
    ['12a4', '12a4', true, 'shape'],
    ['', '1234', false, 'shape'],
    ['1234', '', false, 'differs'],
    ['1234', '1243', true, 'differs'],
  ] as const)('%s and %s, new: %s', (pin, again, isNew, fault) => {
    expect(pinFault(pin, again, isNew)).toBe(fault);
  });
});
