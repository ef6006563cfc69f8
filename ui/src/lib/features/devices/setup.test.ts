import { describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type { PrinterOwners, PrintSetup } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { Setup } from './setup.svelte';

const PROFILE = {
  columns: 48,
  code_page: 'cp858',
  code_table: 19,
  proof: 'fence',
  abilities: null,
  drawer: null,
};
const OWNERS: PrinterOwners = { printers: [], computers: [] };

function setupOf(...names: string[]): PrintSetup {
  return {
    devices: names.map((name) => ({
      id: name,
      name,
      kind: 'printer',
      address: `tcp://${name}:9100`,
      profile: PROFILE,
    })),
    chains: [
      { station_id: 's1', station: 'Cocina', tiers: [[{ device: 'a' }], ['sender']], makes: 3 },
      { station_id: 's2', station: 'Bar', tiers: [[{ device: 'b' }], [{ device: 'a' }]], makes: 0 },
    ],
    terminals: [],
    mail: null,
    mail_password_known: false,
  };
}

describe('what tickets come out of', () => {
  it('is read again when somebody has said something', async () => {
    let names = ['a'];
    const backend = new ScriptedBackend({
      get_print_setup: () => setupOf(...names),
      get_printer_owners: () => OWNERS,
    });
    const setup = new Setup(backend);
    setup.hear({ kind: 'menu_changed' });
    expect(backend.asked).toHaveLength(0);
    await setup.read();
    names = ['a', 'b'];
    setup.hear({ kind: 'settings_changed' });
    await expect.poll(() => setup.view?.devices.map((device) => device.name)).toEqual(['a', 'b']);
    expect(setup.stationsOf('a')).toEqual(['Cocina', 'Bar']);
    expect(setup.stationsOf('c')).toEqual([]);
  });

  it('is as the core answers, and a wish that got no answer goes out with the same id', async () => {
    let lost = true;
    const backend = new ScriptedBackend({
      set_station_chain: () => {
        if (lost) throw new CallFailed('link_down', 'Sin conexión.');
        return setupOf('a');
      },
    });
    const setup = new Setup(backend);
    const tiers = [[{ device: 'a' }]];
    await expect(setup.setChain('s1', tiers)).rejects.toThrow('Sin conexión.');
    lost = false;
    await setup.setChain('s1', tiers);
    await setup.setChain('s1', []);
    const ids = backend.requests('set_station_chain').map((one) => one.command_id);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(setup.view?.devices).toHaveLength(1);
  });

  it('has the stations that are wished for, each wish once', async () => {
    const backend = new ScriptedBackend({
      save_station: () => setupOf('a'),
      order_stations: () => setupOf('a', 'b'),
      close_station: () => setupOf('b'),
    });
    const setup = new Setup(backend);
    await setup.saveStation({ station_id: 's3', name: 'Parrilla', targets_of: 's1' });
    await setup.orderStations(['s2', 's1']);
    await setup.closeStation('s2', 's1');
    expect(
      backend.asked.map(({ name, request }) => ({ command: name, ...(request as object) })),
    ).toMatchObject([
      { command: 'save_station', station_id: 's3', targets_of: 's1' },
      { command: 'order_stations', station_ids: ['s2', 's1'] },
      { command: 'close_station', station_id: 's2', successor_id: 's1' },
    ]);
    expect(setup.view?.devices.map((device) => device.name)).toEqual(['b']);
  });

  it('is not put back to what it was by a reading that began before', async () => {
    const answers: ((view: PrintSetup) => void)[] = [];
    const backend = new ScriptedBackend({
      get_print_setup: () => new Promise((resolve) => answers.push(resolve)),
      get_printer_owners: () => OWNERS,
      remove_device: () => setupOf('a'),
    });
    const setup = new Setup(backend);
    const reading = setup.read();
    await setup.remove('b');
    answers[0]?.(setupOf('a', 'b'));
    await expect.poll(() => answers.length).toBe(2);
    expect(setup.view?.devices.map((device) => device.name)).toEqual(['a']);
    answers[1]?.(setupOf('a', 'c'));
    await reading;
    await expect.poll(() => setup.view?.devices.map((device) => device.name)).toEqual(['a', 'c']);
  });

  it('says why it cannot be shown', async () => {
    const setup = new Setup(new ScriptedBackend({}));
    await setup.read();
    expect(setup.problem).toMatch(/no answer/);
  });
});
