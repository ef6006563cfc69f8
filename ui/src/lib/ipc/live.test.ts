import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CallFailed, type Caller, type EventSink, type Host } from './backend';
import type { Event, StationPulse, StoreState } from './bindings.gen';
import { doubting } from './doubting';
import { Live } from './live.svelte';
import { ATTEMPT_MS, BEAT_MS, SILENCE_MS } from './signs';
import { HandClock } from './testing';

function pulse(station: string, waiting = 0): StationPulse {
  return {
    station_id: station,
    station,
    state: 'calm',
    has_printer: true,
    stand_in: null,
    waiting,
    failed: 0,
    oldest_ms: null,
    to_paper_ms: 900,
    ready_in_minutes: null,
    cause: null,
    problem: null,
  };
}

function beat(store: StoreState = 'ok', stations: StationPulse[] = [], turbo = false): Event {
  return { kind: 'heartbeat', stations, papers_failed: 0, store, turbo, services: [] };
}

describe('the live connection', () => {
  let clock: HandClock;
  let links: EventSink[];
  let closed: number;
  let live: Live;
  let stale: ReturnType<typeof vi.fn<() => void>>;

  beforeEach(() => {
    clock = new HandClock();
    links = [];
    closed = 0;
    stale = vi.fn<() => void>();
    live = new Live((sink) => {
      links.push(sink);
      return () => {
        closed += 1;
      };
    }, clock);
    live.onStale(stale);
    live.start();
  });

  function say(seq: number, event: Event = beat(), boot_id = 'boot'): void {
    links.at(-1)?.message({ seq, boot_id, at: clock.now() + 500, event });
  }

  it('is connecting until something is heard, and disconnected when nothing is', () => {
    expect(live.connection).toBe('connecting');
    clock.move(SILENCE_MS - 1);
    expect(live.connection).toBe('connecting');
    clock.move(1);
    expect(live.connection).toBe('disconnected');
  });

  it('asks for everything once at the first word, then only listens', () => {
    say(41);
    say(42);
    say(43);
    expect(live.connection).toBe('connected');
    expect(stale).toHaveBeenCalledTimes(1);
  });

  it('asks for everything again after a missed number, and after another start of the core', () => {
    say(1);
    say(3);
    expect(stale).toHaveBeenCalledTimes(2);
    say(4);
    expect(stale).toHaveBeenCalledTimes(2);
    say(1, undefined, 'another boot');
    expect(stale).toHaveBeenCalledTimes(3);
    say(2, undefined, 'another boot');
    expect(stale).toHaveBeenCalledTimes(3);
  });

  it('stays connected while the heart beats and says so within five seconds when it stops', () => {
    say(1);
    for (let seq = 2; seq < 30; seq += 1) {
      clock.move(BEAT_MS);
      say(seq);
    }
    expect(live.connection).toBe('connected');
    const lastWord = clock.now();
    clock.move(SILENCE_MS);
    expect(live.connection).toBe('disconnected');
    expect(live.heardAt).toBe(lastWord);
  });

  it('drops a mute line and opens another, again and again', () => {
    say(1);
    clock.move(SILENCE_MS);
    expect(closed).toBe(1);
    clock.move(250);
    expect(links).toHaveLength(2);
    clock.move(ATTEMPT_MS * 3);
    expect(links.length).toBeGreaterThan(3);
  });

  it('gives each attempt its whole time, however often it was tried', () => {
    say(1);
    clock.move(SILENCE_MS);
    for (let attempt = 0; attempt < 8; attempt += 1) {
      clock.move(4_000);
      links.at(-1)?.closed();
    }
    clock.move(4_000);
    const tried = links.length;
    clock.move(5_000);
    expect(links).toHaveLength(tried);
    say(2);
    expect(live.connection).toBe('connected');
  });

  it('asks for everything when the line is back, even with no number missed', () => {
    say(1);
    clock.move(SILENCE_MS + 250);
    say(2);
    expect(live.connection).toBe('connected');
    expect(stale).toHaveBeenCalledTimes(2);
  });

  it('reopens a closed line with growing waits, and forgets them when it is heard', () => {
    say(1);
    links.at(-1)?.closed();
    clock.move(250);
    expect(links).toHaveLength(2);
    links.at(-1)?.closed();
    clock.move(499);
    expect(links).toHaveLength(2);
    clock.move(1);
    expect(links).toHaveLength(3);
    say(2);
    links.at(-1)?.closed();
    clock.move(250);
    expect(links).toHaveLength(4);
  });

  it('keeps every pulse, takes changed ones in place and adds new ones', () => {
    say(1, beat('ok', [pulse('Cocina'), pulse('Bar')]));
    say(2, {
      kind: 'pulse_changed',
      turbo: false,
      papers_failed: 2,
      stations: [pulse('Bar', 3), pulse('Postres')],
    });
    expect(live.papersFailed).toBe(2);
    expect(live.pulses.map((one) => [one.station, one.waiting])).toEqual([
      ['Cocina', 0],
      ['Bar', 3],
      ['Postres', 0],
    ]);
  });

  it('knows turbo from each beat and each change', () => {
    say(1, beat('ok', [], true));
    expect(live.turbo).toBe(true);
    say(2, { kind: 'pulse_changed', turbo: false, papers_failed: 0, stations: [] });
    expect(live.turbo).toBe(false);
  });

  it('tells a core without its database from a silent core and from one with nothing to do', () => {
    say(1, beat('ok'));
    expect([live.standing, live.blind]).toEqual(['connected', false]);
    clock.move(BEAT_MS);
    say(2, beat('away', [pulse('Cocina', 3)]));
    const away = clock.now() + 500;
    expect([live.standing, live.blind, live.blindSince]).toEqual(['storeAway', true, away]);
    expect(live.pulses.map((one) => one.waiting)).toEqual([3]);
    clock.move(BEAT_MS);
    say(3, beat('away'));
    expect(live.blindSince).toBe(away);
    const lastWord = clock.now() + 500;
    clock.move(SILENCE_MS);
    expect([live.standing, live.blind, live.blindSince]).toEqual(['disconnected', true, lastWord]);
  });

  it('asks for everything once when the database is back, and not while it is away', () => {
    say(1);
    say(2, beat('away'));
    say(3, beat('away'));
    expect(stale).toHaveBeenCalledTimes(1);
    say(4, { kind: 'menu_changed' });
    expect(live.standing).toBe('storeAway');
    say(5, beat('ok'));
    expect(live.standing).toBe('connected');
    expect(stale).toHaveBeenCalledTimes(2);
    say(6, beat('ok'));
    expect(stale).toHaveBeenCalledTimes(2);
  });

  it('asks for everything again with the next beat when a reading got no answer, once', () => {
    say(1);
    live.doubt();
    say(2, { kind: 'menu_changed' });
    expect(stale).toHaveBeenCalledTimes(1);
    say(3);
    expect(stale).toHaveBeenCalledTimes(2);
    say(4);
    expect(stale).toHaveBeenCalledTimes(2);
  });

  it('doubts what a reading without an answer left on the screen, and nothing else', async () => {
    let failure = new CallFailed('link_down', 'No hubo respuesta.');
    const host: Host = {
      call: () => Promise.reject(failure),
      listen: () => () => undefined,
      openKitchen: () => Promise.resolve(),
      openGuests: () => Promise.resolve(),
      saveProducts: () => Promise.resolve(null),
    };
    const caller: Caller = { session: null, language: 'es' };
    const watched = doubting(host, () => live);
    say(1);
    await expect(watched.call('get_floor', {}, caller)).rejects.toBe(failure);
    say(2);
    expect(stale).toHaveBeenCalledTimes(2);
    failure = new CallFailed('not_allowed', 'Su rol no lo permite.');
    await expect(watched.call('get_floor', {}, caller)).rejects.toBe(failure);
    failure = new CallFailed('link_down', 'No hubo respuesta.');
    await expect(watched.call('log_out', {}, caller)).rejects.toBe(failure);
    say(3);
    expect(stale).toHaveBeenCalledTimes(2);
  });

  it('knows what broke in the core from each beat', () => {
    const text = { es: 'Falló.', en: 'It broke.' };
    const services = [{ service: 'pulse' as const, of: null, up: false, times: 1, text }];
    say(1, { kind: 'heartbeat', stations: [], papers_failed: 0, store: 'ok', turbo: false, services });
    expect(live.services).toEqual(services);
    say(2);
    expect(live.services).toEqual([]);
  });

  it('tells listeners until they leave, and knows how far the clocks are apart', () => {
    const heard: string[] = [];
    const leave = live.on((event) => heard.push(event.kind));
    say(1, { kind: 'menu_changed' });
    leave();
    say(2);
    expect(heard).toEqual(['menu_changed']);
    expect(live.coreOffset).toBe(500);
  });
});
