// A screen says what it shows as often as it must, is heard again after a failure, and is silent when it shows nothing.
import { describe, expect, it } from 'vitest';
import { HandClock, ScriptedBackend } from '$lib/ipc/testing';
import { Presence, Presences } from './presence';

const AGAIN_MS = 2_000;

function screen() {
  const clock = new HandClock();
  const core = new ScriptedBackend({ show_station: () => ({ again_ms: AGAIN_MS }) });
  const presence = new Presence(core, clock);
  const said = () => core.requests('show_station').map((request) => request.station_id);
  return { clock, core, presence, said };
}

/** Lets answers that are on their way arrive. */
async function settle(): Promise<void> {
  for (let step = 0; step < 5; step += 1) await Promise.resolve();
}

describe('the word of a screen', () => {
  it('is said at once, and again as often as the core wants', async () => {
    const { clock, core, presence, said } = screen();
    presence.show('bar');
    await settle();
    clock.move(AGAIN_MS - 1);
    expect(said()).toEqual(['bar']);
    clock.move(1);
    await settle();
    clock.move(AGAIN_MS);
    expect(said()).toEqual(['bar', 'bar', 'bar']);
    const screens = new Set(core.requests('show_station').map((request) => request.screen_id));
    expect(screens.size).toBe(1);
  });

  it('changes with the station, and ends when none is shown', async () => {
    const { clock, presence, said } = screen();
    presence.show('bar');
    presence.show('bar');
    presence.show('grill');
    await settle();
    presence.show(null);
    await settle();
    clock.move(10 * AGAIN_MS);
    expect(said()).toEqual(['bar', 'grill', null]);
  });

  it('is said again after it was not heard', async () => {
    const { clock, core, presence, said } = screen();
    core.answers.show_station = () => Promise.reject(new Error('no link'));
    presence.show('bar');
    await settle();
    core.answers.show_station = () => ({ again_ms: AGAIN_MS });
    clock.move(1_000);
    expect(said()).toEqual(['bar', 'bar']);
  });
});

describe('the word of a screen that shows several stations', () => {
  it('is said of each of them for as long as it is shown, and of no other', async () => {
    const { clock, core, said } = screen();
    const presences = new Presences(core, clock);
    presences.show(['bar', 'grill']);
    await settle();
    expect(said()).toEqual(['bar', 'grill']);
    presences.show(['grill']);
    await settle();
    clock.move(AGAIN_MS);
    await settle();
    expect(said()).toEqual(['bar', 'grill', null, 'grill']);
    const screens = new Set(core.requests('show_station').map((request) => request.screen_id));
    expect(screens.size).toBe(2);
    presences.show([]);
    await settle();
    clock.move(10 * AGAIN_MS);
    expect(said().slice(4)).toEqual([null]);
  });
});
