// Short tones for a loud kitchen, made by the browser itself: each alert has a melody of its own, so that
// a cook knows without looking what arrived. A browser stays silent until the page was touched once;
// `ready` says so, and the screen asks for that touch in words.

import type { Alert } from './changes';

export type Volume = 'high' | 'low' | 'mute';

type Tone = readonly [hertz: number, start_ms: number, length_ms: number];

/** What a screen can make heard besides what happens to tickets. */
export type Sound = Alert | 'failure' | 'ready';

const MELODIES: Record<Sound, readonly Tone[]> = {
  new: [
    [660, 0, 130],
    [880, 140, 200],
  ],
  change: [
    [740, 0, 90],
    [620, 110, 90],
    [740, 220, 150],
  ],
  void: [
    [520, 0, 160],
    [390, 180, 160],
    [290, 360, 260],
  ],
  urgent: [
    [1040, 0, 90],
    [1040, 130, 90],
    [1040, 260, 90],
    [1320, 390, 220],
  ],
  late: [[440, 0, 320]],
  ready: [
    [1180, 0, 110],
    [1480, 130, 260],
  ],
  failure: [
    [330, 0, 240],
    [330, 320, 240],
  ],
};

const GAIN: Record<Volume, number> = { high: 0.9, low: 0.25, mute: 0 };

const RAMP_S = 0.012;

/** The kitchen's loudspeaker. */
export class Sounds {
  #context: AudioContext | null = null;
  #onReady: (ready: boolean) => void;

  /** @param onReady told whenever it becomes known whether tones can be heard */
  constructor(onReady: (ready: boolean) => void) {
    this.#onReady = onReady;
  }

  /** Looks whether the browser lets tones out, and asks it to. To be called again from a touch or a key. */
  async unlock(): Promise<void> {
    if (typeof AudioContext === 'undefined') return;
    if (!this.#context) {
      const context = new AudioContext();
      context.onstatechange = () => this.#onReady(context.state === 'running');
      this.#context = context;
    }
    const context = this.#context;
    // Before a touch the browser may leave this promise open for ever: the state says how it went.
    if (context.state !== 'running') void context.resume().catch(() => undefined);
    this.#onReady(context.state === 'running');
  }

  play(alert: Sound, volume: Volume): void {
    const context = this.#context;
    if (!context || context.state !== 'running' || volume === 'mute') return;
    for (const [hertz, start_ms, length_ms] of MELODIES[alert]) {
      const start = context.currentTime + start_ms / 1000;
      const end = start + length_ms / 1000;
      const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: hertz });
      const gain = new GainNode(context, { gain: 0 });
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(GAIN[volume], start + RAMP_S);
      gain.gain.setValueAtTime(GAIN[volume], end - RAMP_S);
      gain.gain.linearRampToValueAtTime(0, end);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(start);
      oscillator.stop(end);
    }
  }

  /** Lets the loudspeaker go with the screen. */
  close(): void {
    void this.#context?.close();
    this.#context = null;
  }
}
