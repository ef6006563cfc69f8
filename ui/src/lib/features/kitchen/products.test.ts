import { describe, expect, it } from 'vitest';
import type { ProductAvailability } from '$lib/ipc/bindings.gen';
import { ScriptedBackend } from '$lib/ipc/testing';
import { StationProducts } from './products.svelte';

function product(name: string, units: number | null = null): ProductAvailability {
  const said = units === null ? null : { units, by: 'Cocina', at: 1, ends_at: 2 };
  return { product_id: name, name, short_code: `1${name}`, sold_out: units === 0, remaining: units, said };
}

async function opened(...products: ProductAvailability[]): Promise<[StationProducts, ScriptedBackend]> {
  const core = new ScriptedBackend({ list_station_products: () => ({ products }) });
  const station = new StationProducts(core, 'cocina');
  await station.kept.read();
  return [station, core];
}

const names = (rows: readonly ProductAvailability[]) => rows.map((row) => row.name);

describe('what a station makes', () => {
  it('has what ran out first, then what is counted', async () => {
    const [station, core] = await opened(product('ajiaco', 4), product('arroz'), product('Limón', 0));
    expect(names(station.limited)).toEqual(['Limón', 'ajiaco']);
    expect(core.requests('list_station_products')).toEqual([{ station_id: 'cocina' }]);
  });

  it('is found by name without accents, or by number', async () => {
    const [station] = await opened(product('ajiaco'), product('Limón'));
    expect(names(station.find('limon'))).toEqual(['Limón']);
    expect(names(station.find('1a'))).toEqual(['ajiaco']);
    expect(names(station.find(''))).toEqual(['ajiaco', 'Limón']);
    expect(station.find('pizza')).toEqual([]);
  });

  it('hears of a sale without asking, and asks again when the menu is another', async () => {
    const [station, core] = await opened(product('ajiaco', 1), product('arroz'));
    expect(station.isSoldOut('ajiaco')).toBe(false);
    const stock = { product_id: 'ajiaco', sold_out: true, remaining: 0, sold_out_variants: [] };
    station.hear({ kind: 'stock_changed', products: [stock] });
    expect(station.isSoldOut('ajiaco')).toBe(true);
    expect(core.requests('list_station_products')).toHaveLength(1);
    station.hear({ kind: 'menu_changed' });
    await expect.poll(() => core.requests('list_station_products').length).toBe(2);
  });
});
