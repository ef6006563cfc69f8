import { describe, expect, it } from 'vitest';
import { HandClock } from '../../ipc/testing';
import { Idle, IDLE_MS } from './idle';

function watched() {
  const clock = new HandClock();
  const locks: number[] = [];
  const idle = new Idle(clock, () => locks.push(clock.now()));
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

  it('is left alone once its screen is gone', () => {
    const { clock, locks, idle } = watched();
    idle.stop();
    clock.move(2 * IDLE_MS);
    expect(locks).toEqual([]);
  });
});
