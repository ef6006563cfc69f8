// Numbers of settings as people say and type them: "1 min 30 s", "2 h", "1,5 GB".

import type { Catalogue } from '../../i18n/es';
import type { Language } from '../../i18n/i18n.svelte';
import { plain } from '../../i18n/plain';
import type { SettingUnit, SettingView } from '../../ipc/bindings.gen';

type UnitWords = Catalogue['settings']['units'];

const MINUTE = 60;
const HOUR = 3_600;
const KIBI = 1_024;

/** Numbers on which a press of more or less stops; a unit without them goes by one. */
const RUNGS: Partial<Record<SettingUnit, readonly number[]>> = {
  seconds: [0, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 600, 900, 1_200, 1_800, 2_700, 3_600],
  minutes: [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1_440],
  days: [0, 1, 2, 3, 5, 7, 14, 21, 30, 60, 90, 180, 365, 730, 1_095, 1_825, 3_650],
  mebibytes: [0, 256, 512, ...[1, 2, 3, 4, 5, 10, 20, 50, 100, 200, 500, 1_024].map((one) => one * KIBI)],
};

/** The next number up or down, within the bounds. */
export function step(setting: SettingView, value: number, by: 1 | -1): number {
  const rungs = setting.unit === null ? undefined : RUNGS[setting.unit];
  const next = by > 0 ? rungs?.find((one) => one > value) : rungs?.findLast((one) => one < value);
  const end = by > 0 ? setting.most : setting.least;
  const wanted = rungs ? (next ?? end ?? value) : value + by;
  return Math.min(Math.max(wanted, setting.least ?? wanted), setting.most ?? wanted);
}

function time(seconds: number, words: UnitWords): string {
  const parts = [
    [Math.floor(seconds / HOUR), words.hours],
    [Math.floor((seconds % HOUR) / MINUTE), words.minutes],
    [seconds % MINUTE, words.seconds],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, say]) => say(count));
  return said.join(' ');
}

/** At most two decimals, as the language writes them. */
function decimals(value: number, language: Language): string {
  const text = String(Math.round(value * 100) / 100);
  return language === 'es' ? text.replace('.', ',') : text;
}

function size(mebibytes: number, words: UnitWords, language: Language): string {
  if (mebibytes >= KIBI * KIBI) return words.terabytes(decimals(mebibytes / (KIBI * KIBI), language));
  if (mebibytes >= KIBI) return words.gigabytes(decimals(mebibytes / KIBI, language));
  return words.megabytes(String(mebibytes));
}

/** A number with its unit, in words. */
export function amount(
  value: number,
  unit: SettingUnit | null,
  words: UnitWords,
  language: Language,
): string {
  if (unit === 'seconds') return value === 0 ? words.seconds(0) : time(value, words);
  if (unit === 'minutes') return value === 0 ? words.minutes(0) : time(value * MINUTE, words);
  if (unit === 'mebibytes') return size(value, words, language);
  if (unit === 'days' || unit === 'tickets') return words[unit](value);
  return String(value);
}

/** What words behind a number multiply it by, as beginnings of words in either language, by unit. */
const FACTORS: Record<SettingUnit, readonly (readonly [RegExp, number])[]> = {
  seconds: [
    [/^s/, 1],
    [/^m/, MINUTE],
    [/^h/, HOUR],
  ],
  minutes: [
    [/^m/, 1],
    [/^h/, MINUTE],
    [/^d/, 24 * MINUTE],
  ],
  days: [
    [/^d/, 1],
    [/^(sem|w)/, 7],
    [/^(a|y)/, 365],
  ],
  mebibytes: [
    [/^m/, 1],
    [/^g/, KIBI],
    [/^t/, KIBI * KIBI],
  ],
  tickets: [[/^(c|t)/, 1]],
};

const PART = /(\d{1,9}(?:[.,]\d{1,2})?)\s*([a-z]*)\s*/gy;

/** What a person typed, in the unit of the setting; null when nobody could say what is meant. */
export function readAmount(text: string, unit: SettingUnit | null): number | null {
  const typed = plain(text);
  // A bare number is in the setting's own unit; whether it is within bounds is the core's to say.
  if (/^-?\d{1,12}$/.test(typed)) return Number(typed);
  if (typed === '' || unit === null) return null;
  let sum = 0;
  let end = 0;
  for (const [whole, digits, word] of typed.matchAll(PART)) {
    const factor =
      word === '' ? (end === 0 ? 1 : undefined) : FACTORS[unit].find(([of]) => of.test(word ?? ''))?.[1];
    if (factor === undefined || digits === undefined) return null;
    sum += Number(digits.replace(',', '.')) * factor;
    end += whole.length;
  }
  const rounded = unit === 'mebibytes' ? Math.round(sum) : sum;
  return end === typed.length && Number.isInteger(rounded) ? rounded : null;
}
