import { beforeEach, describe, expect, it } from 'vitest';
import type { Founding, Starter, StartTrouble } from '../../ipc/start';
import { HandClock, MemoryStorage } from '../../ipc/testing';
import { FirstRun, likelyCountry, takeFounded } from './first-run.svelte';

const COUNTRIES = [
  { code: 'CO', currency: 'COP', tax: 'Impoconsumo', tax_bp: 800, included: true },
  { code: 'ES', currency: 'EUR', tax: 'IVA', tax_bp: 1_050, included: true },
];

const refused: StartTrouble = {
  code: 'not_set_up',
  message: '',
  language: 'es',
  offer: null,
  not_restored: null,
  not_founded: 'El PIN son cuatro números. Escríbalo de nuevo.',
};

class Shell implements Starter {
  readonly founded: Founding[] = [];
  left: StartTrouble | null = null;
  isGone = false;

  trouble = () => Promise.resolve(null);
  restore = () => Promise.resolve(null);
  again = () => Promise.resolve(null);
  choices = () => Promise.resolve({ countries: COUNTRIES, most_tables: 72 });
  quit = () => Promise.resolve();
  found = (founding: Founding) => {
    this.founded.push(founding);
    return this.isGone ? Promise.reject(new Error('gone')) : Promise.resolve(this.left);
  };
}

function answer(run: FirstRun) {
  expect(run.next()).toBe(true);
  run.name = ' La Esquina ';
  expect(run.next()).toBe(true);
  run.admin = 'Rosa';
  run.pin = '2468';
  run.again = '2468';
}

describe('a house that is founded', () => {
  let shell: Shell;
  let storage: MemoryStorage;
  let clock: HandClock;
  let run: FirstRun;

  beforeEach(async () => {
    shell = new Shell();
    storage = new MemoryStorage();
    clock = new HandClock();
    run = new FirstRun(shell, storage, clock);
    await run.open('es-CO', 'es');
  });

  it('is founded as it was answered, and the till is told of it', async () => {
    answer(run);
    expect(await run.found('es', -300)).toBeNull();
    expect(shell.founded).toEqual([
      {
        language: 'es',
        country: 'CO',
        kind: 'restaurant',
        name: 'La Esquina',
        tax_bp: 800,
        sample_menu: true,
        tables: 10,
        admin: 'Rosa',
        pin: '2468',
        utc_offset_minutes: -300,
      },
    ]);
    expect([takeFounded(storage), takeFounded(storage), storage.length]).toEqual([true, false, 0]);
  });

  it('is left and taken up again where it was, without the PIN', async () => {
    run.choose('ES', 'es');
    answer(run);
    run.keep();
    const later = new FirstRun(shell, storage, clock);
    await later.open('es-CO', 'es');
    expect([later.step, later.country, later.tax, later.name, later.admin]).toEqual([
      'you',
      'ES',
      '10,5',
      ' La Esquina ',
      'Rosa',
    ]);
    expect([later.pin, later.again]).toEqual(['', '']);
  });

  it('is kept a moment after the last letter, for whoever closes the window on the page', async () => {
    run.next();
    for (const typed of ['L', 'La', 'La Esquina']) {
      run.name = typed;
      run.keepSoon();
      clock.move(200);
    }
    const reopened = async () => {
      const later = new FirstRun(shell, storage, clock);
      await later.open('es-CO', 'es');
      return later.name;
    };
    expect(await reopened()).toBe('');
    clock.move(100);
    expect(await reopened()).toBe('La Esquina');
  });

  it('is not kept before what was kept earlier is taken up', async () => {
    answer(run);
    run.keep();
    const later = new FirstRun(shell, storage, clock);
    later.keepSoon();
    clock.move(1_000);
    later.keep();
    await later.open('es-CO', 'es');
    expect([later.step, later.name]).toEqual(['you', ' La Esquina ']);
  });

  it('begins anew where what was kept cannot be read', async () => {
    storage.setItem('fastops.first_run', '{');
    const later = new FirstRun(shell, storage, clock);
    await later.open('es-ES', 'es');
    expect([later.step, later.country]).toEqual(['place', 'ES']);
  });

  it('says what is missing on each page, and goes back without losing anything', () => {
    run.tax = 'mucho';
    expect(run.next()).toBe(false);
    expect(run.wanting).toEqual({ part: 'tax', fault: 'rate' });
    run.tax = '8';
    run.next();
    expect(run.next()).toBe(false);
    expect(run.wanting?.part).toBe('name');
    run.name = 'La Esquina';
    run.next();
    expect(run.next()).toBe(false);
    expect(run.wanting?.part).toBe('admin');
    run.admin = 'Rosa';
    for (const [pin, again, part] of [
      ['', '', 'pin'],
      ['12', '12', 'pin'],
      ['1234', '4321', 'again'],
    ] as const) {
      run.pin = pin;
      run.again = again;
      expect(run.next()).toBe(false);
      expect(run.wanting?.part).toBe(part);
    }
    run.back();
    expect([run.step, run.name, run.wanting]).toEqual(['house', 'La Esquina', null]);
  });

  it('says why it was refused and keeps what was typed', async () => {
    answer(run);
    shell.left = refused;
    expect(await run.found('es', -300)).toBe(refused);
    expect([run.problem, run.pin, run.busy, takeFounded(storage)]).toEqual([
      refused.not_founded,
      '2468',
      false,
      false,
    ]);
    shell.isGone = true;
    await run.found('es', -300);
    expect(run.problem).toBeTruthy();
    shell.isGone = false;
    shell.left = null;
    expect(await run.found('es', -300)).toBeNull();
  });

  it('is asked for once, however often the button is pressed', async () => {
    answer(run);
    await Promise.all([run.found('es', -300), run.found('es', -300)]);
    expect(shell.founded).toHaveLength(1);
  });

  it('proposes tables by the kind until somebody says how many', () => {
    run.be('cafe');
    expect(run.tables).toBe(6);
    run.tables = 14;
    run.be('bar');
    expect(run.tables).toBe(14);
  });

  it('has no tables in a shop', async () => {
    run.be('shop');
    answer(run);
    run.tables = 4;
    await run.found('en', 0);
    expect(shell.founded[0]).toMatchObject({ kind: 'shop', tables: 0, language: 'en' });
  });
});

describe('where a computer stands', () => {
  it.each([
    ['es-ES', 'ES'],
    ['es_CO.UTF-8', 'CO'],
    ['en-GB', 'CO'],
    ['es', 'CO'],
  ])('%s is %s', (locale, country) => {
    expect(likelyCountry(COUNTRIES, locale)).toBe(country);
  });

  it('is nowhere while nothing can be chosen', () => {
    expect(likelyCountry([], 'es-ES')).toBe('');
  });
});
