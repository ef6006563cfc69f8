// Settings in words. One that this screen has no words for is shown as the core calls it.

import type { I18n } from '../../i18n/i18n.svelte';
import type { SettingValue, SettingView } from '../../ipc/bindings.gen';
import { amount } from './amounts';
import { inShort } from './lines';

interface Words {
  name: string;
  meaning: string;
  /** What a number of nothing means. */
  zero?: string;
}

/** Kinds of settings, in the order in which they are shown. */
export const GROUPS = ['receipt', 'printing', 'alerts', 'session', 'backup', 'retention', 'other'] as const;
export type Group = (typeof GROUPS)[number];

function wordsOf(setting: SettingView, i18n: I18n): Words | undefined {
  const each: Partial<Record<string, Words>> = i18n.t.settings.each;
  return each[setting.key];
}

/** The first word of its key is what a setting is about. */
export function groupOf(setting: Pick<SettingView, 'key'>): Group {
  const first = setting.key.split('.')[0];
  return GROUPS.find((group) => group === first) ?? 'other';
}

export function nameOf(setting: SettingView, i18n: I18n): string {
  return wordsOf(setting, i18n)?.name ?? setting.name;
}

/** What it decides, in a sentence. */
export function meaningOf(setting: SettingView, i18n: I18n): string {
  return wordsOf(setting, i18n)?.meaning ?? '';
}

/** What a number may be; null of a switch. */
export function rangeOf(setting: SettingView, i18n: I18n): string | null {
  if (setting.least === null || setting.most === null) return null;
  const words = i18n.t.settings;
  const say = (value: number) => amount(value, setting.unit, words.units, i18n.language);
  return words.range(say(setting.least), say(setting.most));
}

/** What nothing of it means, in a word, where that is a thing of its own. */
export function zeroOf(setting: SettingView, i18n: I18n): string | null {
  return wordsOf(setting, i18n)?.zero ?? null;
}

export function valueOf(setting: SettingView, value: SettingValue, i18n: I18n): string {
  const words = i18n.t.settings;
  if (typeof value === 'boolean') return value ? words.on : words.off;
  if (typeof value === 'string') return inShort(value) || words.nothing;
  if (value === 0) return zeroOf(setting, i18n) ?? amount(0, setting.unit, words.units, i18n.language);
  return amount(value, setting.unit, words.units, i18n.language);
}
