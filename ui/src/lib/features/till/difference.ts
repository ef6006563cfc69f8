// What a count says of a drawer, in the house's states: right, too much, too little.

import type { State } from '../../ui/state';

export type Verdict = { how: 'right' | 'missing' | 'over'; state: State; minor: number };

/** `difference` is what was counted beyond what had to be there; `minor` is how much, without a sign. */
export function verdictOf(difference: number): Verdict {
  if (difference === 0) return { how: 'right', state: 'calm', minor: 0 };
  if (difference < 0) return { how: 'missing', state: 'alarm', minor: -difference };
  return { how: 'over', state: 'warn', minor: difference };
}
