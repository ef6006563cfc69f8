import { describe, expect, it } from 'vitest';
import { HandClock } from '../../ipc/testing';
import { Idle } from './idle';

const IDLE_MS = 10 * 60_000;

function watched() {
  const clock = new HandClock();
  const locks: number[] = [];
  const idle = new Idle(clock, 10, () => locks.push(clock.now()));
  return { clock, locks, idle, start: clock.now() };
}

describe('a till that nobody touches', () => {
  it('locks once, when its time is over', () => {
    const { clock, locks, start } = watched();
    clock.move(IDLE_MS - 1);
    expect(locks).toEqual([]);
    clock.move(3 * IDLE_MS);
    expect(locks).toEqual([start + IDLE_MS]);
  });

  it('waits anew from every touch', () => {
    const { clock, locks, idle, start } = watched();
    for (let n = 0; n < 5; n += 1) {
      clock.move(IDLE_MS - 1);
      idle.touch();
    }
    expect(locks).toEqual([]);
    clock.move(IDLE_MS);
    expect(locks).toEqual([start + 5 * (IDLE_MS - 1) + IDLE_MS]);
  });

  it('goes by what the house says from then on, counted from the last touch', () => {
    const { clock, locks, idle, start } = watched();
    clock.move(60_000);
    idle.touch();
    clock.move(60_000);
    idle.allow(3);
    clock.move(2 * 60_000 - 1);
    expect(locks).toEqual([]);
    clock.move(1);
    expect(locks).toEqual([start + 4 * 60_000]);
  });

  it('locks at once when it was left alone for longer than it may be now', () => {
    const { clock, locks, idle, start } = watched();
    clock.move(5 * 60_000);
    idle.allow(2);
    clock.move(1);
    expect(locks).toHaveLength(1);
    expect(locks[0]).toBeGreaterThanOrEqual(start + 5 * 60_000);
  });

  it('is left alone once its screen is gone', () => {
    const { clock, locks, idle } = watched();
    idle.stop();
    clock.move(2 * IDLE_MS);
    expect(locks).toEqual([]);
  });
});
