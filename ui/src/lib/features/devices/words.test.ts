import { describe, expect, it } from 'vitest';
import { I18n } from '../../i18n/i18n.svelte';
import type { ChainPlace, DeviceView } from '../../ipc/bindings.gen';
import { MemoryStorage } from '../../ipc/testing';
import { placeName, placeWords, proofWords, rankWords } from './words';

const i18n = new I18n(new MemoryStorage());
const STATIONS = [{ id: 's1', code: 'cocina', name: 'Cocina caliente' }];

function device(address: string, proof = 'fence'): DeviceView {
  const profile = { columns: 48, code_page: 'cp858', code_table: 19, proof, abilities: null, drawer: null };
  return { id: 'd', name: 'Bar', kind: 'printer', address, profile };
}

describe('a device in words', () => {
  it.each([
    ['tcp://192.168.1.50:9100', 'En la red: 192.168.1.50, puerto 9100'],
    ['usb:04b8:0e15', 'Por USB: modelo 04b8:0e15'],
    ['usb:04b8:0e15?serial=J4&path=1-2.3', 'Por USB: modelo 04b8:0e15, número de serie J4, puerto 1-2.3'],
    ['serial:COM3?baud=19200&parity=none&flow=hardware', 'Por cable serie: COM3, a 19200 baudios'],
    ['screen:cocina', 'Pantalla de cocina de Cocina caliente'],
    ['screen:gone', 'Pantalla de cocina de gone'],
    ['pdf:/srv/comandas', 'Páginas PDF en /srv/comandas'],
    ['mailto:a@b.co', 'Por correo a a@b.co'],
    ['carrier-pigeon:bar', 'carrier-pigeon:bar'],
  ])('is found at %s', (address, words) => {
    expect(placeWords(address, i18n, STATIONS)).toBe(words);
  });

  it('is believed as far as its proof goes', () => {
    const { proofs } = i18n.t.devices;
    expect(proofWords(device('tcp://a', 'fence'), i18n)).toBe(proofs.fence);
    expect(proofWords(device('tcp://a', 'process_id'), i18n)).toBe(proofs.process_id);
    expect(proofWords(device('tcp://a', 'a newer one'), i18n)).toBe(proofs.none);
    expect(proofWords(device('pdf:/srv/x', 'fence'), i18n), 'a folder proves nothing').toBe(proofs.outlet);
  });

  it('has a rank among the targets of a station', () => {
    const tiers: ChainPlace[][] = [[{ device: 'd' }], ['sender']];
    expect(rankWords(tiers, 0, i18n)).toBe('Primero');
    expect(rankWords(tiers, 1, i18n)).toBe('Respaldo 1');
    expect(rankWords([tiers.flat()], 0, i18n)).toBe('Se reparten');
    expect(placeName({ device: 'd' }, [device('tcp://a')], i18n)).toBe('Bar');
    expect(placeName('sender', [], i18n)).toBe('La impresora de quien envía');
  });
});
