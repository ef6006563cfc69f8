// How long ago something was, in its two largest units: the wall clock's zone is in the data that is gone.

import type { Catalogue } from '../../i18n/es';

export function age(ms: number, words: Catalogue['start']['age']): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes === 0) return words.now;
  if (minutes < 60) return words.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return words.hours(hours, minutes % 60);
  return words.days(Math.floor(hours / 24), hours % 24);
}
