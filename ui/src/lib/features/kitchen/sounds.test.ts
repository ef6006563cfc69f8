// What is heard tells without a look what happened: every kind has a melody of its own, and no other.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Sounds, type Sound } from './sounds';

const KINDS: readonly Sound[] = ['new', 'change', 'void', 'urgent', 'late', 'ready', 'failure'];

describe('the tones of a screen', () => {
  let played: { hertz: number; from: number; until: number }[];
  let loudness: number[];

  class Oscillator {
    readonly tone: { hertz: number; from: number; until: number };
    constructor(_: unknown, { frequency }: { frequency: number }) {
      this.tone = { hertz: frequency, from: 0, until: 0 };
      played.push(this.tone);
    }
    connect(next: unknown): unknown {
      return next;
    }
    start(at: number): void {
      this.tone.from = at;
    }
    stop(at: number): void {
      this.tone.until = at;
    }
  }

  class Gain {
    readonly gain = {
      setValueAtTime: () => undefined,
      linearRampToValueAtTime: (value: number) => loudness.push(value),
    };
    connect(next: unknown): unknown {
      return next;
    }
  }

  class Context {
    state = 'running';
    currentTime = 10;
    destination = {};
    resume(): Promise<void> {
      return Promise.resolve();
    }
    close(): Promise<void> {
      return Promise.resolve();
    }
  }

  beforeEach(() => {
    [played, loudness] = [[], []];
    vi.stubGlobal('AudioContext', Context);
    vi.stubGlobal('OscillatorNode', Oscillator);
    vi.stubGlobal('GainNode', Gain);
  });
  afterEach(() => void vi.unstubAllGlobals());

  async function heard(sound: Sound, volume: 'high' | 'low' | 'mute' = 'high') {
    played = [];
    const sounds = new Sounds(() => undefined);
    await sounds.unlock();
    sounds.play(sound, volume);
    return played;
  }

  it.each(KINDS)('of «%s» are heard, one after the other, and end', async (kind) => {
    const tones = await heard(kind);
    expect(tones.length).toBeGreaterThan(0);
    tones.forEach((tone, at) => {
      expect(tone.until).toBeGreaterThan(tone.from);
      expect(tone.from).toBeGreaterThanOrEqual(at === 0 ? 10 : (tones[at - 1]?.until ?? 0));
    });
    expect(tones.at(-1)?.until).toBeLessThan(11);
  });

  it('are another melody for each kind', async () => {
    const melodies: string[] = [];
    for (const kind of KINDS) melodies.push(JSON.stringify((await heard(kind)).map((tone) => tone.hertz)));
    expect(new Set(melodies).size).toBe(KINDS.length);
  });

  it('are softer at «low», and none at «mute» or before a touch', async () => {
    const loudest = async (volume: 'high' | 'low') => {
      loudness = [];
      await heard('new', volume);
      return Math.max(...loudness);
    };
    expect(await loudest('low')).toBeLessThan((await loudest('high')) / 2);
    expect(await heard('new', 'mute')).toEqual([]);
    const locked = new Sounds(() => undefined);
    played = [];
    locked.play('new', 'high');
    expect(played).toEqual([]);
  });
});
