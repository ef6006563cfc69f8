import { beforeEach, describe, expect, it } from 'vitest';
import { HandClock, MemoryStorage } from '../../ipc/testing';
import { WINDOW_BEAT_MS, WINDOW_SILENCE_MS } from '../../ipc/signs';
import { GuestSender, REST_MS, type Channel, type GuestView, type Word } from './feed';
import { Guests } from './guests.svelte';

/** A channel as browsers have it: everybody hears the others, and nobody themselves. */
class Air {
  readonly #all = new Set<{ listener: (word: Word) => void; from: Channel }>();
  words = 0;

  channel(): Channel {
    const channel: Channel = {
      say: (word) => {
        this.words += 1;
        for (const { listener, from } of this.#all) if (from !== channel) listener(structuredClone(word));
      },
      hear: (listener) => {
        const one = { listener, from: channel };
        this.#all.add(one);
        return () => this.#all.delete(one);
      },
    };
    return channel;
  }
}

function view(total: string | null, change: Partial<GuestView> = {}): GuestView {
  const line = { id: 'l1', quantity: 2, name: 'Ajiaco', modifiers: [], parts: [], amount: total };
  return {
    house: { name: 'La Candelaria', language: 'es', theme: 'light' },
    order: total === null ? null : { lines: [line], total },
    ready: [],
    making: [],
    ...change,
  };
}

describe('the guests’ window', () => {
  let air: Air;
  let clock: HandClock;
  let storage: MemoryStorage;
  let guests: Guests;

  beforeEach(() => {
    air = new Air();
    clock = new HandClock();
    storage = new MemoryStorage();
    guests = new Guests(air.channel(), clock, storage);
    guests.start();
  });

  const sender = (name: string) => new GuestSender(air.channel(), clock, name);
  const total = () => guests.view?.order?.total ?? null;

  it('shows what the main window does, at once', () => {
    const main = sender('a');
    main.start();
    main.show(view('38.000'));
    expect(total()).toBe('38.000');
    main.show(view('50.000'));
    expect(total()).toBe('50.000');
    main.show(view(null, { ready: [{ number: 7, kind: null }] }));
    expect([guests.view?.order, guests.view?.ready]).toEqual([null, [{ number: 7, kind: null }]]);
  });

  it('is told at once what is there when it opens', () => {
    const main = sender('a');
    main.start();
    main.show(view('38.000'));
    const late = new Guests(air.channel(), clock, storage);
    late.start();
    expect(late.view?.order?.total).toBe('38.000');
  });

  it('says nothing twice that is the same', () => {
    const main = sender('a');
    main.start();
    main.show(view('38.000'));
    const before = air.words;
    main.show(view('38.000'));
    expect(air.words).toBe(before);
  });

  it('believes what beats, and shows nothing old once that is silent', () => {
    const main = sender('a');
    const stop = main.start();
    main.show(view('38.000'));
    clock.move(10 * WINDOW_SILENCE_MS);
    expect(total()).toBe('38.000');
    // It is ended, and says nothing of that.
    main.leave = () => undefined;
    stop();
    clock.move(WINDOW_SILENCE_MS - WINDOW_BEAT_MS - 1);
    expect(total()).toBe('38.000');
    clock.move(WINDOW_BEAT_MS + 1);
    expect(guests.view).toBeNull();
    expect(guests.house.name).toBe('La Candelaria');
  });

  describe('behind a lock', () => {
    const seven = { number: 7, kind: null };
    const ready = () => guests.view?.ready;

    function locked(): GuestSender {
      const main = sender('a');
      main.start();
      main.show(view('38.000', { ready: [seven] }));
      main.rest();
      return main;
    }

    it('goes on calling numbers without the order, for a while', () => {
      locked();
      expect([total(), ready()]).toEqual([null, [seven]]);
      clock.move(REST_MS - 1);
      expect(ready()).toEqual([seven]);
      clock.move(1);
      expect([ready(), guests.view?.house.name]).toEqual([[], 'La Candelaria']);
    });

    it('is as before once somebody works there again, also with the same order', () => {
      const main = locked();
      expect(main.numbers.ready).toEqual([seven]);
      main.show(view('38.000', { ready: [seven] }));
      expect(total()).toBe('38.000');
      clock.move(2 * REST_MS);
      expect([total(), ready()]).toEqual(['38.000', [seven]]);
    });

    it('stands behind a window at which somebody works', () => {
      const main = locked();
      const other = sender('b');
      other.start();
      other.show(view('50.000'));
      main.rest();
      clock.move(2 * WINDOW_BEAT_MS);
      expect(total()).toBe('50.000');
    });

    it('says nothing where nothing was shown yet', () => {
      const main = sender('a');
      main.start();
      main.rest();
      expect(guests.view).toBeNull();
    });
  });

  it('is calm at once when the main window is closed', () => {
    const main = sender('a');
    const stop = main.start();
    main.show(view('38.000'));
    stop();
    expect(guests.view).toBeNull();
  });

  it('shows the window at work when there are several, and the other when it goes', () => {
    const [one, two] = [sender('a'), sender('b')];
    one.start();
    const stop = two.start();
    one.show(view('38.000'));
    clock.move(1);
    two.show(view('50.000'));
    expect(total()).toBe('50.000');
    // A beat of the other changes nothing, nor does what happens to numbers.
    one.show(view('38.000', { ready: [{ number: 3, kind: null }] }));
    clock.move(2 * WINDOW_BEAT_MS);
    expect(total()).toBe('50.000');
    one.show(view('39.000'));
    expect(total()).toBe('39.000');
    clock.move(1);
    two.show(view('51.000'));
    stop();
    expect(total()).toBe('39.000');
  });

  it('knows the house again after a new start, and reads nothing that is no house', () => {
    const main = sender('a');
    main.start();
    main.show(view(null, { house: { name: 'La Candelaria', language: 'en', theme: 'dark' } }));
    const again = new Guests(new Air().channel(), clock, storage);
    expect(again.house).toEqual({ name: 'La Candelaria', language: 'en', theme: 'dark' });
    storage.setItem('fastops.guest.house', '{no');
    expect(new Guests(new Air().channel(), clock, storage).house.name).toBe('');
  });
});
