import { describe, expect, it } from 'vitest';
import type { MenuView, ProductView } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { FAVOURITES, Menu } from './menu.svelte';
import { lastOnes } from './stock';

function product(id: string, remaining: number | null, sold_out = false): ProductView {
  const rest = {
    category_id: 'c',
    price_minor: 0,
    variants: [],
    group_ids: [],
    station_id: null,
    photo_id: null,
    slots: [],
    reason: null,
  };
  return { id, name: id, short_code: id, sold_out, remaining, ...rest };
}

function menuOf(...products: ProductView[]): MenuView {
  return {
    categories: [{ id: 'c', name: 'Postres', color: 'plum' }],
    products,
    groups: [],
    favourite_ids: [],
  };
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

describe('the favourites', () => {
  const opened = async (view: MenuView) => {
    const menu = new Menu(new ScriptedBackend({ get_menu: () => view }));
    await menu.load();
    return menu;
  };
  const view = menuOf(product('ajiaco', null), product('cuajada', 3), product('cafe', null));

  it('come first, in the order of the house, until a category is chosen', async () => {
    const menu = await opened({ ...view, favourite_ids: ['cafe', 'ajiaco'] });
    expect([menu.categoryId, menu.shown.map((one) => one.id)]).toEqual([FAVOURITES, ['cafe', 'ajiaco']]);
    menu.chosen = 'c';
    expect(menu.shown.map((one) => one.id)).toEqual(['ajiaco', 'cuajada', 'cafe']);
    menu.chosen = FAVOURITES;
    expect(menu.shown.map((one) => one.id)).toEqual(['cafe', 'ajiaco']);
  });

  it('are not there when the house has none, or when the last one left', async () => {
    expect((await opened(view)).categoryId).toBe('c');
    let now: MenuView = { ...view, favourite_ids: ['cafe'] };
    const menu = new Menu(new ScriptedBackend({ get_menu: () => now }));
    await menu.load();
    menu.chosen = FAVOURITES;
    now = view;
    await menu.load();
    expect([menu.categoryId, menu.favourites]).toEqual(['c', []]);
  });
});

describe('the menu', () => {
  it('hears which variants are gone, and which are there again', async () => {
    const size = (id: string, sold_out: boolean) => ({
      id,
      name: id,
      price_minor: 1_490,
      reason: null,
      sold_out,
    });
    const shirt = { ...product('camisa', null), variants: [size('roja', false), size('azul', true)] };
    const menu = new Menu(new ScriptedBackend({ get_menu: () => menuOf(shirt) }));
    await menu.load();
    const stock = { product_id: 'camisa', sold_out: false, remaining: null };
    menu.hear({ kind: 'stock_changed', products: [{ ...stock, sold_out_variants: ['roja'] }] });
    const gone = menu.product('camisa')?.variants.map((one) => one.sold_out);
    expect(gone).toEqual([true, false]);
    const line = (variant_id: string | null) => ({
      ...{ product_id: 'camisa', variant_id, modifier_ids: [], parts: [], quantity: 1 },
    });
    const standing = (variant_id: string | null) => menu.standingOf(line(variant_id), []);
    expect([standing('roja'), standing('azul'), standing(null)]).toEqual(['soldOut', null, null]);
  });

  it('says of a line in the cart what left the menu since', async () => {
    const term = { id: 'termino', name: 'Término', min: 1, max: 1, portioning: 'whole' as const };
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
    const said = () => lines.map((line) => menu.standingOf({ ...line, quantity: 1, parts: [] }, []));
    expect(said(), 'nothing is said before the menu is read').toEqual([null, null, null, null]);
    await menu.load();
    expect(said()).toEqual([null, null, 'offMenu', 'offMenu']);
    view = { ...view, groups: [{ ...term, modifiers: answers('azul') }] };
    menu.hear({ kind: 'menu_changed' });
    await expect.poll(said).toEqual(['answerGone', null, 'offMenu', 'offMenu']);
  });

  it('says of a combo in the cart that something of it has to be chosen anew', async () => {
    const choices = ['agua', 'jugo'].map((id) => ({ product_id: id, variant_id: null, price_minor: 0 }));
    const slot = { id: 'bebida', name: 'Bebida', min: 1, max: 1, repeats: false, choices };
    const combo = { ...product('combo', null), slots: [slot] };
    const view = menuOf(combo, product('agua', null), product('jugo', 2));
    const menu = new Menu(new ScriptedBackend({ get_menu: () => view }));
    const wished = (product_id: string) => ({ product_id, variant_id: null, modifier_ids: [] });
    const said = (drink: string) =>
      menu.standingOf(
        { ...wished('combo'), quantity: 1, parts: [{ ...wished(drink), slot_id: 'bebida' }] },
        [],
      );
    expect(said('vino'), 'nothing is said before the menu is read').toBeNull();
    await menu.load();
    expect(['agua', 'jugo', 'vino'].map(said)).toEqual([null, null, 'answerGone']);
    const out = { product_id: 'jugo', sold_out: true, remaining: 0, sold_out_variants: [] };
    menu.hear({ kind: 'stock_changed', products: [out] });
    expect(['agua', 'jugo'].map(said)).toEqual([null, 'answerGone']);
    expect(menu.slotsOf(combo)[0]?.options.map((one) => [one.id, one.gone])).toEqual([
      ['agua', false],
      ['jugo', true],
    ]);
  });

  it('says of every line how many are left when the cart asks for more of it in all', async () => {
    const combo = { ...product('combo', null), slots: [] };
    const menu = new Menu(
      new ScriptedBackend({ get_menu: () => menuOf(combo, product('ajiaco', 3), product('cafe', null)) }),
    );
    await menu.load();
    const line = (product_id: string, quantity: number, parts: string[] = []) => {
      const wished = (id: string) => ({ product_id: id, variant_id: null, modifier_ids: [] });
      return { ...wished(product_id), quantity, parts: parts.map((id) => ({ ...wished(id), slot_id: 's' })) };
    };
    const said = (...cart: ReturnType<typeof line>[]) =>
      cart.map((one) => {
        const standing = menu.standingOf(one, cart);
        return standing === null || typeof standing === 'string' ? standing : standing.left;
      });
    expect(said(line('ajiaco', 2), line('ajiaco', 1), line('cafe', 9)), 'just enough').toEqual([
      null,
      null,
      null,
    ]);
    expect(said(line('ajiaco', 2), line('ajiaco', 2), line('cafe', 9))).toEqual([3, 3, null]);
    expect(said(line('ajiaco', 2), line('combo', 2, ['ajiaco'])), 'a part of a combo counts too').toEqual([
      3, 3,
    ]);
    const left = (remaining: number) => {
      const stock = { product_id: 'ajiaco', sold_out: remaining === 0, remaining, sold_out_variants: [] };
      menu.hear({ kind: 'stock_changed', products: [stock] });
    };
    left(1);
    expect(said(line('ajiaco', 2)), 'another till sold some').toEqual([1]);
    left(0);
    expect(said(line('ajiaco', 2))).toEqual(['soldOut']);
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
