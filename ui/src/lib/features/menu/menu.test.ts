import { describe, expect, it } from 'vitest';
import type { MenuView, ProductView } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { Menu } from './menu.svelte';
import { lastOnes } from './stock';

function product(id: string, remaining: number | null, sold_out = false): ProductView {
  const rest = { category_id: 'c', price_minor: 0, variants: [], group_ids: [], station_id: null };
  return { id, name: id, short_code: id, sold_out, remaining, ...rest };
}

function menuOf(...products: ProductView[]): MenuView {
  return { categories: [{ id: 'c', name: 'Postres', color: 'plum' }], products, groups: [] };
}

const standing = (menu: Menu, id: string) => {
  const found = menu.product(id);
  return [found?.remaining, found?.sold_out];
};

describe('a product that is counted', () => {
  it('says how many are left when they are few', () => {
    const counts = [12, 6, 5, 1].map((left) => lastOnes(product('cuajada', left)));
    expect(counts).toEqual([null, null, 5, 1]);
  });

  it('says nothing when nobody counts it, or when it is sold out', () => {
    expect(lastOnes(product('ajiaco', null))).toBeNull();
    expect(lastOnes(product('cuajada', 0, true))).toBeNull();
    expect(lastOnes(product('cuajada', 3, true))).toBeNull();
  });
});

describe('the menu', () => {
  it('hears which variants are gone, and which are there again', async () => {
    const size = (id: string, sold_out: boolean) => ({ id, name: id, price_minor: 1_490, sold_out });
    const shirt = { ...product('camisa', null), variants: [size('roja', false), size('azul', true)] };
    const menu = new Menu(new ScriptedBackend({ get_menu: () => menuOf(shirt) }));
    await menu.load();
    const stock = { product_id: 'camisa', sold_out: false, remaining: null };
    menu.hear({ kind: 'stock_changed', products: [{ ...stock, sold_out_variants: ['roja'] }] });
    const gone = menu.product('camisa')?.variants.map((one) => one.sold_out);
    expect(gone).toEqual([true, false]);
    const line = (variant_id: string | null) => ({ product_id: 'camisa', variant_id, modifier_ids: [] });
    const standing = (variant_id: string | null) => menu.standingOf(line(variant_id));
    expect([standing('roja'), standing('azul'), standing(null)]).toEqual(['soldOut', null, null]);
  });

  it('says of a line in the cart what left the menu since', async () => {
    const term = { id: 'termino', name: 'Término', min: 1, max: 1 };
    const answers = (...ids: string[]) => ids.map((id) => ({ id, name: id, price_minor: 0 }));
    const meat = { ...product('churrasco', null), group_ids: ['termino'] };
    const shirt = { ...product('camisa', null), variants: [] };
    let view: MenuView = {
      ...menuOf(meat, shirt),
      groups: [{ ...term, modifiers: answers('azul', 'medio') }],
    };
    const menu = new Menu(new ScriptedBackend({ get_menu: () => view }));
    const lines = [
      { product_id: 'churrasco', variant_id: null, modifier_ids: ['medio'] },
      { product_id: 'churrasco', variant_id: null, modifier_ids: ['azul'] },
      { product_id: 'camisa', variant_id: 'roja', modifier_ids: [] },
      { product_id: 'ajiaco', variant_id: null, modifier_ids: [] },
    ];
    const said = () => lines.map((line) => menu.standingOf(line));
    expect(said(), 'nothing is said before the menu is read').toEqual([null, null, null, null]);
    await menu.load();
    expect(said()).toEqual([null, null, 'offMenu', 'offMenu']);
    view = { ...view, groups: [{ ...term, modifiers: answers('azul') }] };
    menu.hear({ kind: 'menu_changed' });
    await expect.poll(said).toEqual(['answerGone', null, 'offMenu', 'offMenu']);
  });

  it('takes what is left from the event and asks for nothing', async () => {
    const core = new ScriptedBackend({
      get_menu: () => menuOf(product('cuajada', 3), product('ajiaco', null)),
    });
    const menu = new Menu(core);
    await menu.load();
    const said = [{ product_id: 'cuajada', sold_out: true, remaining: 0, sold_out_variants: [] }];
    menu.hear({ kind: 'stock_changed', products: said });
    expect(standing(menu, 'cuajada')).toEqual([0, true]);
    expect(standing(menu, 'ajiaco')).toEqual([null, false]);
    expect(core.requests('get_menu')).toHaveLength(1);
    menu.hear({
      kind: 'stock_changed',
      products: [{ product_id: 'cuajada', sold_out: false, remaining: 2, sold_out_variants: [] }],
    });
    expect(standing(menu, 'cuajada')).toEqual([2, false]);
  });

  it('is read again when it changed', async () => {
    const core = new ScriptedBackend({ get_menu: () => menuOf(product('cuajada', 3)) });
    const menu = new Menu(core);
    await menu.load();
    core.answers = { get_menu: () => menuOf(product('cuajada', 9)) };
    menu.hear({ kind: 'menu_changed' });
    await Promise.resolve();
    await Promise.resolve();
    expect(standing(menu, 'cuajada')).toEqual([9, false]);
  });

  it('keeps what it hears while it is being read', async () => {
    const answers: ((view: MenuView) => void)[] = [];
    const core = new ScriptedBackend({
      get_menu: () =>
        new Promise<MenuView>((answer) => {
          answers.push(answer);
        }),
    });
    const menu = new Menu(core);
    const loading = menu.load();
    menu.hear({
      kind: 'stock_changed',
      products: [{ product_id: 'cuajada', sold_out: true, remaining: 0, sold_out_variants: [] }],
    });
    answers[0]?.(menuOf(product('cuajada', 1)));
    await loading;
    expect(standing(menu, 'cuajada')).toEqual([0, true]);
    // What was said before the next reading is in its answer.
    const again = menu.load();
    answers[1]?.(menuOf(product('cuajada', 7)));
    await again;
    expect(standing(menu, 'cuajada')).toEqual([7, false]);
  });
});
