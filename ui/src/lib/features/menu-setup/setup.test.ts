import { describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type { CategorySetup, MenuSetup, ProductSetup } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { Setup } from './setup.svelte';

const category = (id: string, station_id: string | null = null): CategorySetup => ({
  id,
  name: id,
  color: 'leaf',
  active: true,
  station_id,
});

function product(id: string, category_id: string, more: Partial<ProductSetup> = {}): ProductSetup {
  const rest = { tax_ids: [], group_ids: [], preparation_minutes: 10, station_id: null };
  const plain = {
    name: id,
    short_code: id,
    price_minor: 100,
    sold_out: false,
    remaining: null,
    active: true,
    variants: [],
    photo_id: null,
    slots: null,
    favourite: false,
  };
  return { id, category_id, ...rest, ...plain, ...more };
}

function menuOf(categories: CategorySetup[], products: ProductSetup[] = []): MenuSetup {
  const stations = [
    { id: 's1', name: 'Cocina' },
    { id: 's2', name: 'Bar' },
  ];
  return { categories, products, groups: [], stations, taxes: [], favourite_ids: [] };
}

async function opened(view: MenuSetup): Promise<Setup> {
  const setup = new Setup(new ScriptedBackend({ get_menu_setup: () => view }));
  await setup.kept.read();
  return setup;
}

describe('the menu that is written', () => {
  it('has its taxes as the core answers them, and keeps one that products bear', async () => {
    const vat = { id: 't1', name: 'IVA 19 %', rate_bp: 1_900, mode: 'added' as const };
    let borne = true;
    const backend = new ScriptedBackend({
      get_menu_setup: () => menuOf([]),
      save_tax: () => ({ taxes: [vat] }),
      remove_tax: () => {
        if (borne) throw new CallFailed('must_keep', 'Lo lleva un producto.');
        return { taxes: [] };
      },
    });
    const setup = new Setup(backend);
    await setup.kept.read();
    const { id: tax_id, ...rest } = vat;
    await setup.saveTax({ tax_id, ...rest });
    expect(setup.view?.taxes).toEqual([vat]);
    await expect(setup.removeTax('t1')).rejects.toThrow('Lo lleva un producto.');
    expect(setup.view?.taxes).toEqual([vat]);
    borne = false;
    await setup.removeTax('t1');
    expect(setup.view?.taxes).toEqual([]);
  });

  it('is read again when somebody has changed it, and for nothing else but its stations', async () => {
    let view = menuOf([category('sopas')]);
    const backend = new ScriptedBackend({ get_menu_setup: () => view });
    const setup = new Setup(backend);
    await setup.kept.read();
    view = menuOf([category('sopas'), category('bebidas')]);
    setup.hear({ kind: 'settings_changed' });
    expect(backend.asked).toHaveLength(1);
    setup.hear({ kind: 'menu_changed' });
    await expect.poll(() => setup.view?.categories.map((one) => one.id)).toEqual(['sopas', 'bebidas']);
    view = { ...view, stations: [{ id: 'parrilla', name: 'Parrilla' }] };
    setup.hear({ kind: 'stations_changed' });
    await expect.poll(() => setup.view?.stations.map((one) => one.name)).toEqual(['Parrilla']);
  });

  it('shows the first category until one is chosen, and the one that was just made', async () => {
    const backend = new ScriptedBackend({
      get_menu_setup: () => menuOf([category('sopas'), category('bebidas')]),
      save_category: ({ category_id }) => category(category_id),
    });
    const setup = new Setup(backend);
    expect(setup.category).toBeNull();
    await setup.kept.read();
    expect(setup.category?.id).toBe('sopas');
    const wish = { name: 'postres', color: 'rose', station_id: null, active: true };
    await setup.saveCategory({ category_id: 'postres', ...wish });
    expect(setup.view?.categories.map((one) => one.id)).toEqual(['sopas', 'bebidas', 'postres']);
    expect(setup.category?.id).toBe('postres');
    setup.chosen = 'gone';
    expect(setup.category?.id).toBe('sopas');
  });

  it('puts what was changed where it stood', async () => {
    const before = [product('1', 'sopas'), product('2', 'sopas')];
    const backend = new ScriptedBackend({
      get_menu_setup: () => menuOf([category('sopas')], before),
      save_product: ({ product_id, price_minor }) => product(product_id, 'sopas', { price_minor }),
    });
    const setup = new Setup(backend);
    await setup.kept.read();
    const { id, variants: _, ...rest } = product('1', 'sopas', { price_minor: 250 });
    await setup.saveProduct({ product_id: id, ...rest });
    expect(setup.view?.products.map((one) => [one.id, one.price_minor])).toEqual([
      ['1', 250],
      ['2', 100],
    ]);
  });

  it('sends a wish that got no answer again with the same id', async () => {
    let lost = true;
    const backend = new ScriptedBackend({
      order_categories: () => {
        if (lost) throw new CallFailed('link_down', 'Sin conexión.');
        return menuOf([category('b'), category('a')]);
      },
    });
    const setup = new Setup(backend);
    await expect(setup.orderCategories(['b', 'a'])).rejects.toThrow('Sin conexión.');
    lost = false;
    await setup.orderCategories(['b', 'a']);
    await setup.orderCategories(['b', 'a']);
    const ids = backend.requests('order_categories').map((one) => one.command_id);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('finds products by name without accents, and by the beginning of their number', async () => {
    const products = [
      product('101', 'sopas', { name: 'Ajiaco santafereño' }),
      product('210', 'sopas', { name: 'Limón 101' }),
      product('310', 'sopas', { name: 'Changua' }),
    ];
    const setup = await opened(menuOf([category('sopas')], products));
    const found = (text: string) => setup.find(text).map((one) => one.id);
    expect(found('AJIACO')).toEqual(['101']);
    expect(found('limon')).toEqual(['210']);
    expect(found('101')).toEqual(['101', '210']);
    expect(found('10')).toEqual(['101', '210']);
    expect(found('31')).toEqual(['310']);
    expect(found('nada')).toEqual([]);
  });

  it('knows who makes a product, and which numbers are taken', async () => {
    const products = [
      product('1', 'sopas'),
      product('2', 'sopas', { station_id: 's2' }),
      product('3', 'tienda', { short_code: '' }),
      product('4', 'tienda', { short_code: '' }),
    ];
    const setup = await opened(menuOf([category('sopas', 's1'), category('tienda')], products));
    expect(products.map((one) => setup.stationOf(one))).toEqual(['Cocina', 'Bar', null, null]);
    expect(setup.isTaken('2', '1')).toBe(true);
    expect(setup.isTaken('2', '2')).toBe(false);
    expect(setup.isTaken('', '3')).toBe(false);
  });

  it('hears what is left of a product', async () => {
    const menu = menuOf([category('c')], [product('ajiaco', 'c'), product('cafe', 'c')]);
    const setup = new Setup(new ScriptedBackend({ get_menu_setup: () => menu }));
    await setup.kept.read();
    const [ajiaco = null] = menu.products;
    expect(setup.standingOf(ajiaco)).toEqual({ sold_out: false, remaining: null });
    const stock = { product_id: 'ajiaco', sold_out: true, remaining: 0, sold_out_variants: [] };
    setup.hear({ kind: 'stock_changed', products: [stock] });
    expect(setup.standingOf(ajiaco)).toEqual({ sold_out: true, remaining: 0 });
    expect(setup.standingOf(menu.products[1] ?? null)).toEqual({ sold_out: false, remaining: null });
    expect(setup.standingOf(null)).toEqual({ sold_out: false, remaining: null });
  });
});
