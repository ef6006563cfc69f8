import { describe, expect, it } from 'vitest';
import { coalesced } from './coalesced';

describe('one reading at a time', () => {
  it('runs once more for all who called meanwhile, and not again', async () => {
    const ends: (() => void)[] = [];
    const read = coalesced(() => new Promise<void>((done) => ends.push(done)));
    const reading = read();
    await Promise.all([read(), read()]);
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await expect.poll(() => ends.length).toBe(2);
    ends[1]?.();
    await reading;
    expect(ends).toHaveLength(2);
  });

  it('runs again after one that failed', async () => {
    let runs = 0;
    const read = coalesced(() => {
      runs += 1;
      return runs === 1 ? Promise.reject(new Error('Sin conexión.')) : Promise.resolve();
    });
    await expect(read()).rejects.toThrow('Sin conexión.');
    await read();
    expect(runs).toBe(2);
  });
});
