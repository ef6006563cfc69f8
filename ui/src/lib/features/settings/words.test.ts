import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { I18n } from '../../i18n/i18n.svelte';
import type { SettingView } from '../../ipc/bindings.gen';
import { MemoryStorage } from '../../ipc/testing';
import { groupOf, meaningOf, nameOf, rangeOf, valueOf, zeroOf } from './words';

const SOURCE = new URL('../../../../../src-tauri/crates/domain/src/setting.rs', import.meta.url);
const STATED = /: \w+, \w+ = "([\w.]+)", \w+, (?:whole\(([\d_]+))?/g;

/** Every setting of the core where it is stated, with the least value of a number. */
function stated() {
  const all = [...readFileSync(SOURCE, 'utf8').matchAll(STATED)];
  return all.map(([, key = '', least]) => ({
    key,
    least: least === undefined ? null : Number(least.replaceAll('_', '')),
  }));
}

function speaking(language: 'es' | 'en') {
  const i18n = new I18n(new MemoryStorage());
  i18n.follow('', language);
  return i18n;
}

const setting = (key: string, least: number | null): SettingView => ({
  key,
  name: 'As the core calls it',
  unit: least === null ? null : 'seconds',
  least,
  most: least === null ? null : 90,
  rows: null,
  letters: null,
  blanks: [],
  default: least ?? true,
  value: least ?? true,
  nearest: 'branch',
  said: [],
});

describe('the words of settings', () => {
  it('are there for every setting of the core, and for no other', () => {
    const keys = stated().map(({ key }) => key);
    expect(keys.length).toBeGreaterThan(8);
    for (const language of ['es', 'en'] as const) {
      const { each } = speaking(language).t.settings;
      expect(Object.keys(each).sort(), language).toEqual([...keys].sort());
    }
    expect(keys.filter((key) => groupOf({ key }) === 'other')).toEqual([]);
  });

  it('say what nothing means where nothing may be said, and nowhere else', () => {
    for (const { key, least } of stated()) {
      for (const language of ['es', 'en'] as const) {
        const zero = zeroOf(setting(key, least), speaking(language));
        expect(zero !== null, `${key} in ${language}`).toBe(least === 0);
      }
    }
  });

  it('are those of the core for a setting that the screen does not know', () => {
    const unknown = setting('weather.wind_seconds', 30);
    const i18n = speaking('en');
    expect(nameOf(unknown, i18n)).toBe('As the core calls it');
    expect(groupOf(unknown)).toBe('other');
    expect([meaningOf(unknown, i18n), rangeOf(unknown, i18n)]).toEqual(['', 'From 30 s to 1 min 30 s']);
    expect(valueOf(unknown, 0, i18n)).toBe('0 s');
  });

  it('tell a value and its bounds as people do', () => {
    const slips = setting('printing.catch_up_seconds', 0);
    const i18n = speaking('es');
    expect(valueOf(slips, 0, i18n)).toBe('Sin espera');
    expect(valueOf(slips, 75, i18n)).toBe('1 min 15 s');
    expect(rangeOf(slips, i18n)).toBe('De 0 s a 1 min 30 s');
    const shown = setting('alerts.shown', null);
    expect([valueOf(shown, true, i18n), valueOf(shown, false, i18n)]).toEqual(['Sí', 'No']);
    expect(rangeOf(shown, i18n)).toBeNull();
  });
});
