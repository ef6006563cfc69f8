import { describe, expect, it } from 'vitest';
import { coalesced } from './coalesced';

describe('one reading at a time', () => {
  it('runs once more for all who called meanwhile, and not again', async () => {
    const ends: (() => void)[] = [];
    const read = coalesced(() => new Promise<void>((done) => ends.push(done)));
    const reading = [read(), read(), read()];
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await expect.poll(() => ends.length).toBe(2);
    ends[1]?.();
    await Promise.all(reading);
    expect(ends).toHaveLength(2);
  });

  it('ends for each with a run that began after its call', async () => {
    const ends: (() => void)[] = [];
    const read = coalesced(() => new Promise<void>((done) => ends.push(done)));
    void read();
    let ended = false;
    const second = read().then(() => (ended = true));
    ends[0]?.();
    await expect.poll(() => ends.length).toBe(2);
    expect(ended).toBe(false);
    ends[1]?.();
    await second;
    expect(ended).toBe(true);
  });

  it('runs again after one that failed, also for who called meanwhile', async () => {
    let runs = 0;
    const read = coalesced(() => {
      runs += 1;
      return runs === 1 ? Promise.reject(new Error('Sin conexión.')) : Promise.resolve();
    });
    const [first, second] = await Promise.allSettled([read(), read()]);
    expect([first.status, second.status, runs]).toEqual(['rejected', 'fulfilled', 2]);
    await read();
    expect(runs).toBe(3);
  });
});
