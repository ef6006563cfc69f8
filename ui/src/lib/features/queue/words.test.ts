import { describe, expect, it } from 'vitest';
import { I18n } from '../../i18n/i18n.svelte';
import type { StationPulse } from '../../ipc/bindings.gen';
import { isTroubled, pulseSentence, pulseWord } from './words';

const MEMORY = { getItem: () => null } as unknown as Storage;

function pulse(fields: Partial<StationPulse> = {}): StationPulse {
  return {
    station_id: 'kitchen',
    station: 'Cocina',
    state: 'calm',
    has_printer: true,
    stand_in: null,
    waiting: 0,
    failed: 0,
    oldest_ms: null,
    to_paper_ms: 900,
    ready_in_minutes: null,
    cause: null,
    problem: null,
    ...fields,
  };
}

describe('the pulse of a station in words', () => {
  const i18n = new I18n(MEMORY);

  it('is the seconds to paper, or the cause when it does not come', () => {
    expect(pulseWord(pulse(), i18n)).toBe('0,9 s');
    expect(pulseWord(pulse({ state: 'alarm', cause: 'paper_out' }), i18n)).toBe('sin papel');
    expect(pulseWord(pulse({ state: 'warn', stand_in: 'Bar' }), i18n)).toContain('Bar');
  });

  it('says of a station without a printer that it has none yet, and promises no seconds', () => {
    const problem = { es: 'Cocina todavía no tiene impresora.', en: 'Cocina has no printer yet.' };
    const bare = pulse({ state: 'warn', has_printer: false, problem });
    expect(pulseWord(bare, i18n)).toBe('sin impresora');
    expect(pulseSentence(bare, i18n)).toContain(problem.es);
    expect(pulseSentence(bare, i18n)).not.toMatch(/\d s\b/);
    expect(isTroubled(bare)).toBe(true);
  });
});
