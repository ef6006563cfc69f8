import { describe, expect, it } from 'vitest';
import { I18n } from '../../i18n/i18n.svelte';
import { MemoryStorage } from '../../ipc/testing';
import { ticketView } from './testing';
import { ticketNumber, tickOf } from './tick';
import { countdown, tickSentence } from './words';

const OUT_OF_PAPER = {
  es: 'Sin papel en Bar: cambie el rollo.',
  en: 'Out of paper at Bar: change the roll.',
};

describe('the tick of a ticket', () => {
  it.each([
    [{}, 'waiting'],
    [{ job: 'sending' }, 'sending'],
    [{ job: 'sent' }, 'sent'],
    [{ job: 'unconfirmed' }, 'unconfirmed'],
    [{ job: 'printed' }, 'printed'],
    [{ job: 'printed', state: 'seen' }, 'seen'],
    [{ job: 'printed', state: 'ready' }, 'ready'],
    [{ job: 'blocked' }, 'problem'],
    [{ job: 'failed' }, 'problem'],
    [{ job: 'uncertain' }, 'problem'],
    [{ job: 'on_slip' }, 'waiting'],
    [{ job: 'blocked', state: 'seen' }, 'problem'],
    [{ job: 'blocked', state: 'ready' }, 'ready'],
    [{ job: 'queued', problem: OUT_OF_PAPER }, 'problem'],
    [{ job: 'cancelled' }, 'cancelled'],
    [{ state: 'cancelled' }, 'cancelled'],
  ] as const)('of %o is %s', (fields, tick) => {
    expect(tickOf(ticketView(fields))).toBe(tick);
  });

  it('is none for what no station makes', () => {
    expect(tickOf(undefined)).toBe('none');
  });

  it('reads as a sentence, the core’s own when there is a problem', () => {
    const i18n = new I18n(new MemoryStorage());
    expect(tickSentence(ticketView(), i18n)).toBe('3 de 12 en la fila');
    expect(tickSentence(ticketView({ job: 'blocked', problem: OUT_OF_PAPER }), i18n)).toBe(OUT_OF_PAPER.es);
    i18n.choose('en', 'ana');
    expect(tickSentence(ticketView({ job: 'blocked', problem: OUT_OF_PAPER }), i18n)).toBe(OUT_OF_PAPER.en);
  });

  it('counts down to the paper and then promises nothing', () => {
    const i18n = new I18n(new MemoryStorage());
    const ticket = ticketView({ wait_ms: 4_000 });
    expect(countdown(ticket, 0, i18n)).toBe('en 4 s');
    expect(countdown(ticket, 3_500, i18n)).toBe('en 1 s');
    expect(countdown(ticket, 4_000, i18n)).toBe('de un momento a otro');
    expect(countdown(ticketView({ wait_ms: null }), 0, i18n)).toBeNull();
  });

  it('writes the number as the paper does', () => {
    expect([7, 41, 1234].map((number) => ticketNumber({ number }))).toEqual(['007', '041', '1234']);
  });
});
