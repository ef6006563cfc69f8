import { beforeEach, describe, expect, it } from 'vitest';
import { en } from '../../i18n/en';
import { es } from '../../i18n/es';
import type { Starter, StartTrouble } from '../../ipc/start';
import { age } from './age';
import { canTryAgain, isLost, Start, titleOf } from './start.svelte';

const MINUTE = 60_000;

function trouble(fields: Partial<StartTrouble> = {}): StartTrouble {
  const offer = { at: 0, last_order: null };
  return {
    code: 'data_damaged',
    message: 'dañado',
    language: 'es',
    offer,
    not_restored: null,
    not_founded: null,
    ...fields,
  };
}

/** A shell whose answers come when the test lets them. */
class Shell implements Starter {
  readonly asked: string[] = [];
  answer: (left: StartTrouble | null) => void = () => undefined;
  fail: (error: Error) => void = () => undefined;

  trouble = () => Promise.resolve(trouble());
  restore = () => this.#ask('restore');
  again = () => this.#ask('again');
  choices = () => Promise.resolve({ countries: [], most_tables: 0 });
  found = () => this.#ask('found');
  quit = () => Promise.resolve();

  #ask(what: string): Promise<StartTrouble | null> {
    this.asked.push(what);
    return new Promise((resolve, reject) => {
      this.answer = resolve;
      this.fail = reject;
    });
  }
}

describe('a start that failed', () => {
  let shell: Shell;
  let start: Start;

  beforeEach(async () => {
    shell = new Shell();
    start = new Start(shell);
    await start.read();
  });

  it('restores once, however often the button is pressed', async () => {
    const first = start.attempt('restore');
    await start.attempt('restore');
    await start.attempt('again');
    expect([shell.asked, start.trying]).toEqual([['restore'], 'restore']);
    shell.answer(null);
    await first;
    expect([start.trouble, start.trying]).toEqual([null, null]);
  });

  it('keeps the offer and says why when it could not be taken, and can be tried again', async () => {
    const attempt = start.attempt('restore');
    shell.answer(trouble({ not_restored: 'El disco está lleno.' }));
    await attempt;
    expect(start.trouble).toMatchObject({ offer: { at: 0 }, not_restored: 'El disco está lleno.' });
    void start.attempt('restore');
    expect(shell.asked).toEqual(['restore', 'restore']);
  });

  it('stays where it was when the program itself does not answer', async () => {
    const attempt = start.attempt('again');
    shell.fail(new Error('no answer'));
    await attempt;
    expect([start.trouble?.code, start.problem, start.trying]).toEqual(['data_damaged', 'no answer', null]);
  });

  it('offers only what can help', () => {
    expect(isLost(trouble({ code: 'data_missing' }))).toBe(true);
    expect(isLost(trouble({ code: 'disk_full' }))).toBe(false);
    expect(canTryAgain(trouble())).toBe(false);
    expect(canTryAgain(trouble({ offer: null }))).toBe(true);
    expect(canTryAgain(trouble({ code: 'database_away', offer: null }))).toBe(true);
    expect(canTryAgain(trouble({ code: 'data_too_new', offer: null }))).toBe(false);
    expect(titleOf(trouble({ code: 'internal' }))).toBe('other');
    expect(titleOf(trouble({ code: 'data_too_new' }))).toBe('newer');
  });
});

describe('an age', () => {
  it.each([
    [-5, 'menos de un minuto', 'less than a minute'],
    [59, '59 min', '59 min'],
    [60, '1 h', '1 h'],
    [134, '2 h 14 min', '2 h 14 min'],
    [24 * 60, '1 día', '1 day'],
    [51 * 60 + 40, '2 días y 3 h', '2 days and 3 h'],
  ])('of %d minutes is said in its two largest units', (minutes, spanish, english) => {
    expect(age(minutes * MINUTE, es.start.age)).toBe(spanish);
    expect(age(minutes * MINUTE, en.start.age)).toBe(english);
  });
});
