import { describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type { SettingLevel, SettingValue, SettingView } from '../../ipc/bindings.gen';
import { HandClock, ScriptedBackend } from '../../ipc/testing';
import {
  CALM_MS,
  countsAt,
  maySay,
  otherwise,
  Settings,
  Slot,
  without,
  type Change,
} from './settings.svelte';

const KEY = 'printing.catch_up_tickets';

function slips(said: SettingView['said'], nearest: SettingLevel = 'branch'): SettingView {
  return {
    key: KEY,
    name: 'Slips',
    unit: 'tickets',
    least: 0,
    most: 1_000,
    rows: null,
    letters: null,
    blanks: [],
    default: 10,
    value: said.at(-1)?.value ?? 10,
    nearest,
    said,
  };
}

const at = (level: SettingLevel, value: SettingValue) => ({ level, value });

/** A core that keeps what it is told for the branch, and the page that tells it. */
async function told(refuse: () => Error | null = () => null) {
  const said = new Map<SettingLevel, SettingValue>();
  const view = () => ({ settings: [slips([...said].map(([level, value]) => at(level, value)))] });
  const backend = new ScriptedBackend({
    get_settings: view,
    set_setting: ({ level, value }) => {
      const refusal = refuse();
      if (refusal) throw refusal;
      if (value === null) said.delete(level);
      else said.set(level, value);
      return view();
    },
  });
  const settings = new Settings(backend);
  await settings.kept.read();
  const clock = new HandClock();
  const saved: Change[] = [];
  const slot = new Slot(settings, KEY, 'branch', clock, (change) => saved.push(change));
  return { backend, settings, slot, clock, saved, said };
}

describe('what counts at a level', () => {
  it('is its own word, else the nearest wider one, else the default', () => {
    const both = slips([at('company', 20), at('branch', 30)]);
    expect(countsAt(slips([]), 'branch')).toEqual({ value: 10, source: 'default' });
    expect(countsAt(both, 'company')).toEqual({ value: 20, source: 'company' });
    expect(countsAt(both, 'branch')).toEqual({ value: 30, source: 'branch' });
    expect(countsAt(both, 'terminal')).toEqual({ value: 30, source: 'branch' });
    expect(without(both, 'branch')).toEqual({ value: 20, source: 'company' });
    expect(without(both, 'company')).toEqual({ value: 10, source: 'default' });
  });

  it('is told apart from a nearer word that says something else', () => {
    expect(otherwise(slips([at('company', 20), at('branch', 30)]), 'company')).toEqual(at('branch', 30));
    expect(otherwise(slips([at('company', 20), at('branch', 20)]), 'company')).toBeNull();
    expect(otherwise(slips([at('branch', 30)]), 'branch')).toBeNull();
  });

  it('can be said down to the nearest level of the setting', () => {
    const levels = (nearest: SettingLevel) =>
      (['company', 'branch', 'terminal'] as const).filter((level) => maySay(slips([], nearest), level));
    expect(levels('company')).toEqual(['company']);
    expect(levels('branch')).toEqual(['company', 'branch']);
    expect(levels('terminal')).toEqual(['company', 'branch', 'terminal']);
  });
});

describe('a setting in hand', () => {
  it('shows every press at once and saves presses in a row as one change', async () => {
    const { slot, clock, backend, saved, settings } = await told();
    for (const value of [11, 12, 13]) {
      slot.want(value);
      expect(slot.wish).toBe(value);
      clock.move(CALM_MS - 1);
    }
    expect(backend.requests('set_setting')).toHaveLength(0);
    clock.move(1);
    await expect.poll(() => saved).toEqual([{ key: KEY, level: 'branch', before: null, after: 13 }]);
    expect(backend.requests('set_setting').map(({ value }) => value)).toEqual([13]);
    expect([slot.wish, settings.find(KEY)?.value]).toEqual([null, 13]);
  });

  it('says nothing when presses come back to where they began', async () => {
    const { slot, clock, backend } = await told();
    slot.want(11);
    slot.want(10);
    clock.move(CALM_MS);
    await expect.poll(() => slot.wish).toBeNull();
    expect(backend.requests('set_setting')).toHaveLength(0);
  });

  it('is saved when the page is left before the moment is over', async () => {
    const { slot, clock, saved } = await told();
    slot.want(12);
    slot.flush();
    await expect.poll(() => saved.length).toBe(1);
    clock.move(CALM_MS);
    await slot.say(12);
    expect(saved).toHaveLength(1);
  });

  it('goes back to the wider word, and can be put back as it was', async () => {
    const { slot, settings, saved, said } = await told();
    await slot.say(15);
    await slot.say(null);
    expect(said.size).toBe(0);
    const last = saved.at(-1);
    expect(last).toEqual({ key: KEY, level: 'branch', before: 15, after: null });
    if (last) await settings.say(last.key, last.level, last.before);
    expect(said.get('branch')).toBe(15);
  });

  it('shows what counts again when it is refused, with the sentence of the core', async () => {
    let refusal: Error | null = new CallFailed('bad_setting', 'Debe estar entre 0 y 1000.');
    const { slot, backend } = await told(() => refusal);
    expect(await slot.say(5_000)).toBe(false);
    expect([slot.wish, slot.problem?.sentence, slot.problem?.again]).toEqual([
      null,
      'Debe estar entre 0 y 1000.',
      null,
    ]);
    refusal = null;
    expect(await slot.say(50)).toBe(true);
    expect(slot.problem).toBeNull();
    const ids = backend.requests('set_setting').map((one) => one.command_id);
    expect(new Set(ids).size).toBe(2);
  });

  it('offers the same command again when nobody answered', async () => {
    let refusal: Error | null = new CallFailed('link_down', 'Sin conexión.');
    const { slot, backend, saved } = await told(() => refusal);
    expect(await slot.say(12)).toBe(false);
    refusal = null;
    slot.problem?.again?.();
    await expect.poll(() => saved.length).toBe(1);
    const ids = backend.requests('set_setting').map((one) => one.command_id);
    expect(ids[1]).toBe(ids[0]);
  });

  it('ends at the last value when another is typed while one is being saved', async () => {
    const { slot, saved } = await told();
    await Promise.all([slot.say(12), slot.say(14)]);
    expect(saved.map(({ after }) => after)).toEqual([12, 14]);
  });
});

describe('the page', () => {
  it('reads again when somebody else changed a setting', async () => {
    const { settings, said, backend } = await told();
    said.set('branch', 33);
    settings.hear({ kind: 'menu_changed' });
    expect(backend.requests('get_settings')).toHaveLength(1);
    settings.hear({ kind: 'settings_changed' });
    await expect.poll(() => settings.find(KEY)?.value).toBe(33);
  });

  it('shows at a computer only what a computer may decide', async () => {
    const { settings } = await told();
    expect(settings.shown).toHaveLength(1);
    settings.level = 'terminal';
    expect(settings.shown).toHaveLength(0);
  });
});
