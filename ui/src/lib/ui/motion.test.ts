// Less moves when a person or the system wants it so, and what a person wants is kept.
import { describe, expect, it } from 'vitest';
import { Motion } from './motion.svelte';

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  } as unknown as Storage;
}

/** What the system asks for; it can change its mind. */
class System {
  matches = false;
  #listen: () => void = () => undefined;
  addEventListener(_: string, listen: () => void): void {
    this.#listen = listen;
  }
  ask(less: boolean): void {
    this.matches = less;
    this.#listen();
  }
}

describe('motion', () => {
  const opened = (system: System, storage: Storage, window = 'kitchen') =>
    new Motion(storage, window, system as unknown as MediaQueryList);

  it('is less where a person wants it, in that window, until they want it no more', () => {
    const [system, storage] = [new System(), memory()];
    const motion = opened(system, storage);
    expect(motion.less).toBe(false);
    motion.wish(true);
    expect([opened(system, storage).less, opened(system, storage, 'main').less]).toEqual([true, false]);
    motion.wish(false);
    expect([motion.less, opened(system, storage).less]).toEqual([false, false]);
  });

  it('is less for as long as the system asks for it', () => {
    const system = new System();
    const motion = opened(system, memory());
    system.ask(true);
    expect([motion.less, motion.bySystem]).toEqual([true, true]);
    system.ask(false);
    expect(motion.less).toBe(false);
  });
});
