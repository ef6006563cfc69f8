import { describe, expect, it } from 'vitest';
import { compose, emptyForm, isPrinter, KINDS, read } from './address';

/** Addresses as the core writes them, of every kind. */
const WRITTEN = [
  'tcp://192.168.1.50:9100',
  'tcp://cocina.local:7001',
  'tcp://[::1]:7001',
  'usb:04b8:0e15',
  'usb:04b8:0e15?path=1-2.3',
  'usb:0519:0003?serial=AB-12&path=2-1',
  'serial:/dev/ttyS0?baud=9600&parity=none&flow=hardware',
  'serial:COM3?baud=19200&parity=even&flow=software',
  'spooler:Cocina 80 mm',
  'file:/dev/usb/lp0',
  'screen:cocina',
  'pdf:/srv/comandas',
  'pdf:C:\\Comandas de la cocina',
  'pdf:\\\\nube\\comandas',
  'mailto:cocina@fonda.com.co',
];

describe('the address of a device', () => {
  it.each(WRITTEN)('is taken apart and put together again: %s', (address) => {
    const form = read(address);
    expect(form).not.toBeNull();
    if (form) expect(compose(form)).toBe(address);
  });

  it('has a form for every kind', () => {
    const kinds = new Set(WRITTEN.map((address) => read(address)?.kind));
    expect([...kinds].sort()).toEqual([...KINDS].sort());
    for (const kind of KINDS) expect(read(compose(emptyForm(kind)))?.kind).toBe(kind);
  });

  it('is made of what is typed, with the usual where nothing is', () => {
    const network = { ...emptyForm(), host: ' 192.168.1.50 ', port: '' };
    expect(compose(network)).toBe('tcp://192.168.1.50:9100');
    expect(compose({ ...network, host: 'fe80::1' })).toBe('tcp://[fe80::1]:9100');
    expect(compose({ ...emptyForm('serial'), line: 'COM3' })).toBe(
      'serial:COM3?baud=9600&parity=none&flow=hardware',
    );
    expect(read('tcp://cocina/')).toMatchObject({ host: 'cocina', port: '9100' });
    expect(read('serial:/dev/a?parity=even')).toMatchObject({ baud: '9600', parity: 'even' });
  });

  it('leaves it to the core to say what is wrong with it', () => {
    expect(compose({ ...emptyForm(), host: 'a b', port: 'x' })).toBe('tcp://a b:x');
    expect(compose({ ...emptyForm('usb'), vendor: '4b8' })).toBe('usb:4b8:');
    expect(read('tcp://:9100')).toMatchObject({ host: '', port: '9100' });
  });

  it('of a kind from a newer core is shown as it is', () => {
    expect(read('carrier-pigeon:bar')).toBeNull();
    expect(read('nonsense')).toBeNull();
  });

  it('says whether there is paper', () => {
    expect(KINDS.filter((kind) => !isPrinter(kind))).toEqual(['screen', 'folder', 'mail']);
  });
});
