// One station's pulse in few words: seconds when paper comes, the cause when it does not.

import type { I18n } from '../../i18n/i18n.svelte';
import type { StationPulse } from '../../ipc/bindings.gen';

export function pulseWord(pulse: StationPulse, i18n: I18n): string {
  if (pulse.cause !== null && pulse.state !== 'calm' && pulse.state !== 'busy') {
    return i18n.t.queue.causes[pulse.cause];
  }
  return i18n.t.queue.toPaper(i18n.seconds(pulse.to_paper_ms));
}

/** The whole of it, for a tooltip or a reader. */
export function pulseSentence(pulse: StationPulse, i18n: I18n): string {
  const words = [`${pulse.station}: ${i18n.t.common.states[pulse.state]}`];
  words.push(i18n.t.queue.toPaperLong(i18n.seconds(pulse.to_paper_ms)), i18n.t.queue.waiting(pulse.waiting));
  if (pulse.problem !== null) words.push(i18n.say(pulse.problem));
  return words.join(' · ');
}
