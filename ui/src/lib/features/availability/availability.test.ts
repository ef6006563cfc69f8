import { describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type { ProductAvailability } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { Availability } from './availability.svelte';

function soup(remaining: number | null): ProductAvailability {
  return {
    ...{ product_id: 'soup', name: 'Ajiaco', short_code: '201', said: null },
    sold_out: remaining === 0,
    remaining,
  };
}

describe('how much is left of a product', () => {
  it('is asked again when the menu changed, or its own stock, and for nothing else', async () => {
    const core = new ScriptedBackend({ get_availability: () => soup(3) });
    const availability = new Availability(core, 'soup');
    const asked = () => core.requests('get_availability').length;
    await availability.kept.read();
    const sale = (product_id: string) => {
      const stock = { product_id, sold_out: false, remaining: 2, sold_out_variants: [] };
      availability.hear({ kind: 'stock_changed', products: [stock] });
    };
    sale('rice');
    expect(asked()).toBe(1);
    sale('soup');
    await expect.poll(asked).toBe(2);
    availability.hear({ kind: 'menu_changed' });
    await expect.poll(asked).toBe(3);
  });

  it('is what was said, as soon as the core has taken it', async () => {
    const core = new ScriptedBackend({
      get_availability: () => soup(null),
      set_availability: ({ units }) => soup(units),
    });
    const availability = new Availability(core, 'soup');
    await availability.kept.read();
    await availability.say({ units: 8, stays: true });
    expect(availability.kept.value?.remaining).toBe(8);
    const [told] = core.requests('set_availability');
    expect(told).toMatchObject({ product_id: 'soup', units: 8, stays: true });
  });

  it('stays as it was when the core refuses it', async () => {
    const refused = new CallFailed('not_allowed', 'No puede.');
    const core = new ScriptedBackend({
      get_availability: () => soup(null),
      set_availability: () => Promise.reject(refused),
    });
    const availability = new Availability(core, 'soup');
    await availability.kept.read();
    await expect(availability.say({ units: 0, stays: false })).rejects.toBe(refused);
    expect(availability.kept.value?.sold_out).toBe(false);
  });
});
