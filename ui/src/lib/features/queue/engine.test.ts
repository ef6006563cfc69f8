import { describe, expect, it } from 'vitest';
import type { QueueStatus } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { PrintEngine } from './engine.svelte';

function status(workers: number, turbo = false): QueueStatus {
  return {
    stations: [],
    lanes: [],
    workers_busy: 0,
    workers,
    profile: 'automatic',
    workers_fixed: false,
    workers_reason: 'started',
    turbo,
    average_ms: 0,
    now: 0,
  };
}

/** An answer that comes when the test says so. */
function later<T>(): { promise: Promise<T>; come: (value: T) => void } {
  let come: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    come = resolve;
  });
  return { promise, come };
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('the print engine', () => {
  it('shows the number just pressed, and tells only the last of several', async () => {
    const first = later<QueueStatus>();
    let asked = 0;
    const backend = new ScriptedBackend({
      set_workers: ({ count }) => {
        asked += 1;
        return asked === 1 ? first.promise : status(count ?? 0);
      },
    });
    const engine = new PrintEngine(backend);
    const done = engine.chooseWorkers(4);
    void engine.chooseWorkers(5);
    void engine.chooseWorkers(6);
    expect(engine.workers).toBe(6);
    first.come(status(4));
    await done;
    expect(backend.requests('set_workers').map(({ count }) => count)).toEqual([4, 6]);
    expect([engine.workers, engine.status?.workers]).toEqual([6, 6]);
  });

  it('is back at the truth when a number is refused, and says why', async () => {
    const backend = new ScriptedBackend({
      get_queue_status: () => status(3),
      set_workers: () => {
        throw new Error('Su rol no lo permite.');
      },
    });
    const engine = new PrintEngine(backend);
    await engine.read();
    await engine.chooseWorkers(9);
    expect([engine.workers, engine.problem]).toEqual([3, 'Su rol no lo permite.']);
    await engine.read();
    expect(engine.problem).toBeNull();
  });

  it('lets no reading from before a wish show what was before it', async () => {
    const old = later<QueueStatus>();
    const backend = new ScriptedBackend({
      get_queue_status: () => old.promise,
      set_turbo: ({ on }) => status(10, on),
    });
    const engine = new PrintEngine(backend);
    const reading = engine.read();
    await engine.setTurbo(true);
    old.come(status(3));
    await reading;
    expect(engine.status?.turbo).toBe(true);
  });

  it('reads once more for all that it hears while it reads', async () => {
    const first = later<QueueStatus>();
    const backend = new ScriptedBackend({ get_queue_status: () => first.promise });
    const engine = new PrintEngine(backend);
    for (let beat = 0; beat < 3; beat += 1)
      engine.hear({ kind: 'pulse_changed', stations: [], papers_failed: 0, turbo: false });
    engine.hear({ kind: 'menu_changed' });
    first.come(status(2));
    await turns();
    expect(backend.requests('get_queue_status')).toHaveLength(2);
  });

  it('gives the number back to the load with a profile', async () => {
    const backend = new ScriptedBackend({ set_workers: () => status(8), set_breaker: () => status(8) });
    const engine = new PrintEngine(backend);
    await engine.chooseProfile('peak');
    await engine.setBreaker('p1', true);
    expect(backend.requests('set_workers')[0]).toMatchObject({ count: null, profile: 'peak' });
    expect(backend.requests('set_breaker')[0]).toMatchObject({ printer_id: 'p1', open: true });
  });
});
