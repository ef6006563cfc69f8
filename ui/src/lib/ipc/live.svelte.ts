// What the core says without being asked, and whether it still says anything.
//
// The core beats (`signs.ts`). Silence is a lost connection, said on every screen;
// a missed number, another start of the core, or a connection that came back makes screens ask for
// everything again. A core that cannot reach its database says so itself, which is another thing than silence.

import { createContext } from 'svelte';
import type { EventSink } from './backend';
import type { Event, EventEnvelope, ServiceTrouble, StationPulse, StoreState } from './bindings.gen';
import { ATTEMPT_MS, SILENCE_MS } from './signs';
import type { Timers } from './timers';

const BACKOFF_MS = [250, 500, 1_000, 2_000, 4_000];

export type Connection = 'connecting' | 'connected' | 'disconnected';
/** What a screen may believe: a connection, and behind it a database that answers. */
export type Standing = Connection | 'storeAway';

export class Live {
  connection = $state<Connection>('connecting');
  /** Whether the core reaches its database, as it last said. */
  store = $state<StoreState>('ok');
  /** When the core first said that its database is away, by the core's clock. */
  storeAwaySince = $state(0);
  /** When the core was last heard, by this machine's clock. */
  heardAt = $state(0);
  /** Every station's pulse, in the core's order. */
  pulses = $state.raw<StationPulse[]>([]);
  /** Papers of no station that failed: bills, drawers, reports. */
  papersFailed = $state(0);
  /** Whether the core has everything that can wait make way for paper. */
  turbo = $state(false);
  /** What broke in the core's background lately. */
  services = $state.raw<ServiceTrouble[]>([]);
  /** Milliseconds to add to this machine's clock to have the core's. */
  coreOffset = $state(0);

  readonly #listen: (sink: EventSink) => () => void;
  readonly #timers: Timers;
  readonly #listeners = new Set<(event: Event) => void>();
  readonly #staleListeners = new Set<() => void>();
  #bootId: string | null = null;
  #seq = 0;
  #doubted = false;
  #attempts = 0;
  #closeLink: (() => void) | null = null;
  #stopWatch: () => void = () => undefined;
  #stopRetry: () => void = () => undefined;

  constructor(listen: (sink: EventSink) => () => void, timers: Timers) {
    this.#listen = listen;
    this.#timers = timers;
  }

  /** What the screen says of itself: without a connection nobody knows of the database. */
  get standing(): Standing {
    return this.connection === 'connected' && this.store === 'away' ? 'storeAway' : this.connection;
  }

  /** Whether what is shown may be old and nothing new can be done. */
  get blind(): boolean {
    return this.standing === 'disconnected' || this.standing === 'storeAway';
  }

  /** Since when it is blind, by the core's clock. */
  get blindSince(): number {
    return this.standing === 'storeAway' ? this.storeAwaySince : this.heardAt + this.coreOffset;
  }

  /** Connects and stays connected until the function returned is called. */
  start(): () => void {
    this.heardAt = this.#timers.now();
    this.#watch();
    this.#open();
    return () => {
      this.#stopWatch();
      this.#stopRetry();
      this.#close();
    };
  }

  /** Hears every event; the function returned stops that. */
  on(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called when events may have been missed: ask for everything shown again. */
  onStale(listener: () => void): () => void {
    this.#staleListeners.add(listener);
    return () => this.#staleListeners.delete(listener);
  }

  /** Reads what is shown, again whenever it may be old, and hears every event until the function returned is called. */
  follow(read: () => void, hear: (event: Event) => void): () => void {
    read();
    const stops = [this.onStale(read), this.on(hear)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /**
   * A reading got no answer: what is shown may be old though no number is missing. With the next word of the core
   * everything is asked for again.
   */
  doubt(): void {
    this.#doubted = true;
  }

  /** Tries at once, when a person does not want to wait. */
  reconnect(): void {
    this.#attempts = 0;
    this.#open();
  }

  #open(): void {
    this.#stopRetry();
    this.#close();
    // An open line can be as mute as a closed one: each attempt gets its own time.
    if (this.connection === 'disconnected') this.#watch(ATTEMPT_MS);
    this.#closeLink = this.#listen({
      message: (envelope) => {
        this.#hear(envelope);
      },
      closed: () => {
        this.#closeLink = null;
        this.#retryLater();
      },
    });
  }

  #close(): void {
    const close = this.#closeLink;
    this.#closeLink = null;
    close?.();
  }

  #retryLater(): void {
    const wait = BACKOFF_MS[Math.min(this.#attempts, BACKOFF_MS.length - 1)] ?? 0;
    this.#attempts += 1;
    this.#stopRetry();
    this.#stopRetry = this.#timers.after(wait, () => {
      this.#open();
    });
  }

  #watch(limit = SILENCE_MS): void {
    this.#stopWatch();
    this.#stopWatch = this.#timers.after(limit, () => {
      this.connection = 'disconnected';
      this.#close();
      this.#retryLater();
    });
  }

  #hear(envelope: EventEnvelope): void {
    const sameBoot = envelope.boot_id === this.#bootId;
    const missed = !sameBoot || envelope.seq !== this.#seq + 1;
    const unseen = this.connection !== 'connected' || (missed && !(sameBoot && envelope.seq === this.#seq));
    // A beat comes by itself; what else is heard may be the answer to what a screen does just now.
    const doubted = this.#doubted && envelope.event.kind === 'heartbeat';
    const stale = this.#takeStore(envelope) || unseen || doubted;
    if (stale) this.#doubted = false;
    this.#bootId = envelope.boot_id;
    this.#seq = envelope.seq;
    this.#attempts = 0;
    this.heardAt = this.#timers.now();
    this.coreOffset = envelope.at - this.heardAt;
    this.connection = 'connected';
    this.#watch();
    this.#takePulses(envelope.event);
    if (stale) for (const listener of this.#staleListeners) listener();
    for (const listener of this.#listeners) listener(envelope.event);
  }

  /** Notes what the core says of its database; tells whether that has just come back. */
  #takeStore({ event, at }: EventEnvelope): boolean {
    if (event.kind !== 'heartbeat' || event.store === this.store) return false;
    this.store = event.store;
    if (event.store === 'away') this.storeAwaySince = at;
    return event.store === 'ok';
  }

  #takePulses(event: Event): void {
    if (event.kind === 'heartbeat') {
      this.pulses = event.stations;
      this.papersFailed = event.papers_failed;
      this.turbo = event.turbo;
      this.services = event.services;
    } else if (event.kind === 'pulse_changed') {
      this.turbo = event.turbo;
      this.papersFailed = event.papers_failed;
      const changed = new Map(event.stations.map((pulse) => [pulse.station_id, pulse]));
      const kept = this.pulses.map((pulse) => changed.get(pulse.station_id) ?? pulse);
      const known = new Set(kept.map((pulse) => pulse.station_id));
      this.pulses = [...kept, ...event.stations.filter((pulse) => !known.has(pulse.station_id))];
    }
  }
}

export const [getLive, setLive] = createContext<Live>();
