import { describe, expect, it } from 'vitest';
import { Scan } from './scan';

/** Types keys with the same time between them, and gives what the last one ends. */
function typed(keys: string[], gap: number, scan = new Scan()): string | null {
  return keys.map((key, n) => scan.key(key, n * gap)).at(-1) ?? null;
}

const CODE = [...'7701234567890'];

describe('a scanned code', () => {
  it('is known by its speed', () => {
    expect(typed([...CODE, 'Enter'], 12)).toBe('7701234567890');
    expect(typed([...CODE, 'Enter'], 90)).toBeNull();
  });

  it('is no short word, and no Enter alone', () => {
    expect(typed([...'sal', 'Enter'], 5)).toBeNull();
    expect(typed(['Enter'], 5)).toBeNull();
  });

  it('may have capitals, and ends where a person takes over', () => {
    expect(typed(['Shift', 'A', 'B', 'Shift', 'C', ...'12345', 'Enter'], 10)).toBe('ABC12345');
    const scan = new Scan();
    CODE.forEach((key, n) => scan.key(key, n * 10));
    expect(scan.key('Enter', 5_000)).toBeNull();
  });

  it('begins anew with every scan', () => {
    const scan = new Scan();
    typed([...CODE, 'Enter'], 10, scan);
    [...'111111'].forEach((key, n) => scan.key(key, 9_000 + n * 10));
    expect(scan.key('Enter', 9_060)).toBe('111111');
  });
});
