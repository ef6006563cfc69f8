import { describe, expect, it } from 'vitest';
import { CallFailed } from './backend';
import type { ProductAvailability } from './bindings.gen';
import { Teller } from './tell';
import { ScriptedBackend } from './testing';

describe('what is told to the core', () => {
  const wish = { product_id: 'soup', units: 0, stays: false };
  const lost = new CallFailed('link_down', 'Sin conexión.');
  const refused = new CallFailed('sold_out', 'Ya no está.');

  /** The ids under which a core hears the same wish twice when its first answer is `error`. */
  async function idsAfter(error: Error, second = wish): Promise<string[]> {
    const backend = new ScriptedBackend({});
    let calls = 0;
    backend.answers.set_availability = () => {
      calls += 1;
      return calls === 1 ? Promise.reject(error) : ({} as ProductAvailability);
    };
    const teller = new Teller(backend);
    await expect(teller.tell('set_availability', wish)).rejects.toBe(error);
    await teller.tell('set_availability', second);
    return backend.requests('set_availability').map((request) => request.command_id);
  }

  it('is the same command when its answer was lost', async () => {
    const [first, second] = await idsAfter(lost);
    expect(second).toBe(first);
  });

  it('is another command when it was refused, or is another wish', async () => {
    expect(new Set(await idsAfter(refused)).size).toBe(2);
    expect(new Set(await idsAfter(lost, { ...wish, units: 3 })).size).toBe(2);
  });
});
