import { describe, expect, it } from 'vitest';
import { en } from '../../i18n/en';
import { es } from '../../i18n/es';
import { abilitiesOf, BUZZERS, buzzerOf, COLUMNS, drawerOf, SWITCHES, USUAL, withAbilities } from './model';

describe('what a model can do', () => {
  it('is what most can until somebody says otherwise, and one change leaves the others', () => {
    expect(abilitiesOf(USUAL)).toEqual({
      cutter: true,
      pictures: true,
      qr: true,
      red: false,
      buzzer: 'silent',
    });
    const torn = withAbilities(USUAL, { cutter: false });
    expect(abilitiesOf(torn)).toEqual({
      cutter: false,
      pictures: true,
      qr: true,
      red: false,
      buzzer: 'silent',
    });
    const loud = withAbilities(torn, { buzzer: 'clone' });
    expect(abilitiesOf(loud)).toEqual({
      cutter: false,
      pictures: true,
      qr: true,
      red: false,
      buzzer: 'clone',
    });
    expect({ ...loud, abilities: null }, 'the rest is as it was').toEqual(USUAL);
    expect(USUAL.abilities, 'nothing is written into what is usual').toBeNull();
  });

  it('opens the drawer as most are opened until somebody says otherwise', () => {
    expect(drawerOf(USUAL)).toEqual({ pin: 'pin2', pulse_ms: 50 });
    const other = { pin: 'pin5', pulse_ms: 200 };
    expect(drawerOf({ ...USUAL, drawer: other })).toEqual(other);
  });

  it('knows the buzzer that the core names, and no other', () => {
    for (const buzzer of BUZZERS) expect(buzzerOf(withAbilities(USUAL, { buzzer }))).toBe(buzzer);
    expect(buzzerOf(withAbilities(USUAL, { buzzer: 'bell' }))).toBeNull();
  });

  it('has words in both languages', () => {
    for (const { devices } of [en, es]) {
      for (const one of SWITCHES) expect(devices.sheet.abilities[one]).not.toBe('');
      const buzzers = BUZZERS.map((one) => devices.sheet.buzzers[one].name);
      expect(new Set(buzzers).size).toBe(BUZZERS.length);
    }
  });

  it('lets in the widths that the core takes', () => {
    expect([COLUMNS.least, COLUMNS.most]).toEqual([24, 64]);
  });
});
