// Phrases of a note that a tap writes and another tap takes out: a note is phrases with commas between.

import { plain } from '../../i18n/plain';

function phrasesOf(note: string): string[] {
  return note
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Whether the note says this already, in whatever capitals. */
export function says(note: string, phrase: string): boolean {
  return phrasesOf(note).some((part) => plain(part) === plain(phrase));
}

/** The note with the phrase, or without it when it was there; too long a note stays as it is. */
export function toggled(note: string, phrase: string, longest: number): string {
  const parts = phrasesOf(note);
  if (says(note, phrase)) return parts.filter((part) => plain(part) !== plain(phrase)).join(', ');
  const longer = [...parts, phrase].join(', ');
  return longer.length > longest ? note : longer;
}
