import { beforeEach, describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import { HandClock, MemoryStorage, ScriptedBackend } from '../../ipc/testing';
import { Keeper } from './keeper';

/** Lets every answer that is on its way arrive. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('what the core is to keep', () => {
  let backend: ScriptedBackend;
  let clock: HandClock;
  let keeper: Keeper;
  let storage: MemoryStorage;

  const said = () =>
    backend.requests('keep_cart').map((one) => [one.order_id, one.version, one.content ?? null]);
  const fail = (code: ConstructorParameters<typeof CallFailed>[0]) => () => {
    throw new CallFailed(code, 'no');
  };

  beforeEach(() => {
    backend = new ScriptedBackend({ keep_cart: ({ version }) => ({ version }) });
    clock = new HandClock();
    storage = new MemoryStorage();
    keeper = new Keeper(backend, clock, storage);
  });

  it('is said one after the other, and of what waits only the newest', async () => {
    keeper.keep('a', { version: 1, content: '1' });
    keeper.keep('a', { version: 2, content: '2' });
    keeper.keep('a', { version: 3, content: '3' });
    keeper.keep('b', { version: 1, content: null });
    await settle();
    expect(said()).toEqual([
      ['a', 1, '1'],
      ['a', 3, '3'],
      ['b', 1, null],
    ]);
    clock.move(60_000);
    await settle();
    expect(said()).toHaveLength(3);
  });

  it('is said again until somebody answers, and when somebody has signed in', async () => {
    for (const code of ['link_down', 'not_signed_in'] as const) {
      backend.answers.keep_cart = fail(code);
      keeper.keep('a', { version: 1, content: code });
      await settle();
      backend.answers.keep_cart = ({ version }) => ({ version });
      const before = said().length;
      clock.move(2_000);
      await settle();
      expect(said().slice(before)).toEqual([['a', 1, code]]);
    }
  });

  it('is not said again when it is refused', async () => {
    backend.answers.keep_cart = fail('not_allowed');
    keeper.keep('a', { version: 1, content: '1' });
    await settle();
    clock.move(60_000);
    await settle();
    expect(said()).toHaveLength(1);
  });

  it('gets ahead of another window of the machine', async () => {
    backend.answers.keep_cart = ({ version }) => ({ version: Math.max(version, 7) });
    keeper.keep('a', { version: 1, content: '1' });
    await settle();
    expect(said()).toEqual([
      ['a', 1, '1'],
      ['a', 8, '1'],
    ]);
  });

  it('is the machine’s own, under a name that it keeps', async () => {
    backend.answers.get_carts = () => ({ carts: [] });
    keeper.keep('a', { version: 1, content: '1' });
    await new Keeper(backend, clock, storage).kept();
    await new Keeper(backend, clock, new MemoryStorage()).kept();
    const [mine, other] = backend.requests('get_carts').map((one) => one.machine_id);
    expect(backend.requests('keep_cart')[0]?.machine_id).toBe(mine);
    expect(other).not.toBe(mine);
  });

  it('is not insisted on once whoever typed has left', async () => {
    backend.answers.keep_cart = ({ version }) => ({ version: Math.max(version, 7) });
    keeper.keep('a', { version: 1, content: 'older than what another one keeps' });
    keeper.stop();
    await settle();
    backend.answers.keep_cart = fail('not_signed_in');
    keeper.keep('b', { version: 1, content: '1' });
    keeper.stop();
    await settle();
    clock.move(60_000);
    await settle();
    expect(said().map(([id, version]) => [id, version])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });
});
