import { describe, expect, it } from 'vitest';
import { Kept } from './kept.svelte';

/** Answers that are given one by one. */
function slow() {
  const answers: ((value: string) => void)[] = [];
  const kept = new Kept<string>(() => new Promise((resolve) => answers.push(resolve)));
  return { kept, answers };
}

describe('what a page shows of the core’s', () => {
  it('is not put back to what it was by a reading that began before an answer', async () => {
    const { kept, answers } = slow();
    const first = kept.read();
    answers[0]?.('old');
    await first;
    const reading = kept.read();
    kept.take((now) => `${now} and changed`);
    answers[1]?.('old');
    await expect.poll(() => answers.length).toBe(3);
    expect(kept.value).toBe('old and changed');
    answers[2]?.('new');
    await reading;
    await expect.poll(() => kept.value).toBe('new');
  });

  it('reads once more, however often it is asked meanwhile', async () => {
    const { kept, answers } = slow();
    const reading = [kept.read(), kept.read(), kept.read()];
    answers[0]?.('one');
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.('two');
    await Promise.all(reading);
    expect([kept.value, answers.length]).toEqual(['two', 2]);
  });

  it('says why nothing can be shown, and keeps what is there', async () => {
    let fails = true;
    const kept = new Kept(() => (fails ? Promise.reject(new Error('Sin conexión.')) : Promise.resolve(1)));
    await kept.read();
    expect(kept.problem).toBe('Sin conexión.');
    fails = false;
    await kept.read();
    fails = true;
    await kept.read();
    expect([kept.value, kept.problem]).toEqual([1, null]);
  });
});
