import { describe, expect, it } from 'vitest';
import { I18n } from '../../i18n/i18n.svelte';
import { CallFailed } from '../../ipc/backend';
import type { FoundPrinter, FoundPrinters } from '../../ipc/bindings.gen';
import { MemoryStorage, ScriptedBackend } from '../../ipc/testing';
import { freshName, Look, saidWords } from './finder.svelte';

const NOTHING: FoundPrinters = { printers: [], range: '127.1.1.0/24', complete: true, problems: [] };

function found(part: Partial<FoundPrinter>): FoundPrinter {
  return {
    at: 'network',
    address: 'tcp://127.1.1.5:9100',
    name: 'Epson TM-T20III',
    answered: true,
    model_id: null,
    model: null,
    profile: null,
    problem: null,
    device_id: null,
    ...part,
  };
}

describe('looking for printers', () => {
  it('asks the network only for the network, and the cables only for the cables', async () => {
    const backend = new ScriptedBackend({ find_printers: () => NOTHING });
    const network = new Look(backend, 'network');
    await network.go(' 127.1.1.0/24 ');
    await network.go('');
    await new Look(backend, 'cables').go();
    expect(backend.requests('find_printers')).toEqual([
      { network: true, range: '127.1.1.0/24', cables: false },
      { network: true, range: null, cables: false },
      { network: false, range: null, cables: true },
    ]);
    expect(network.nothing).toBe(true);
  });

  it('asks once however often it is pressed, and keeps what is there until the answer', async () => {
    const answers: ((answer: FoundPrinters) => void)[] = [];
    const backend = new ScriptedBackend({ find_printers: () => new Promise((give) => answers.push(give)) });
    const look = new Look(backend, 'network');
    expect(look.nothing, 'nobody has looked yet').toBe(false);
    const first = look.go();
    await look.go();
    expect([look.since !== null, answers.length]).toEqual([true, 1]);
    answers[0]?.({ ...NOTHING, printers: [found({})] });
    await first;
    const second = look.go();
    expect(look.answer?.printers).toHaveLength(1);
    answers[1]?.(NOTHING);
    await second;
    expect([look.since, look.nothing]).toEqual([null, true]);
  });

  it('says why it was refused, and that is not “nothing”', async () => {
    const look = new Look(
      new ScriptedBackend({
        find_printers: () => {
          throw new CallFailed('bad_printer', '«8.8.8.0/24» no es una red de la casa.');
        },
      }),
      'network',
    );
    await look.go('8.8.8.0/24');
    expect([look.problem, look.nothing, look.since]).toEqual([
      '«8.8.8.0/24» no es una red de la casa.',
      false,
      null,
    ]);
  });

  it('says what each answered', () => {
    const i18n = new I18n(new MemoryStorage());
    const words = i18n.t.wizard.add;
    expect(saidWords(found({ model_id: 'TM-T20' }), i18n)).toBe('Respondió: TM-T20');
    expect(saidWords(found({}), i18n)).toBe(words.answered);
    expect(saidWords(found({ answered: false }), i18n)).toBe(words.silent);
    expect(saidWords(found({ at: 'usb', answered: false }), i18n)).toBe(words.cable);
  });
});

describe('the name of a new printer', () => {
  it('is the one that is wanted, or one with a number behind it', () => {
    expect(freshName(' Epson TM-T20 ', [])).toBe('Epson TM-T20');
    expect(freshName('Bar', ['bar', 'Bar 2'])).toBe('Bar 3');
  });

  it('is never longer than the core takes', () => {
    const long = 'x'.repeat(60);
    expect(freshName(long, [])).toHaveLength(40);
    expect(freshName(long, ['x'.repeat(40)])).toBe(`${'x'.repeat(38)} 2`);
  });
});
