// What a PIN is, wherever one is chosen.

/** Digits of a PIN: the pad at the sign-in asks as soon as so many are typed. */
export const PIN_DIGITS = 4;

export type PinFault = 'missing' | 'shape' | 'differs';

/** What is wrong with a PIN that is typed twice; nothing typed leaves the one that there is. */
export function pinFault(pin: string, again: string, isNew: boolean): PinFault | null {
  if (pin === '' && again === '') return isNew ? 'missing' : null;
  if (!/^\d+$/.test(pin) || pin.length !== PIN_DIGITS) return 'shape';
  return pin === again ? null : 'differs';
}
