import { beforeEach, describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type { FoundProduct, FoundProducts, ProductView, VariantView } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { Search } from './search.svelte';

function size(name: string): VariantView {
  return { id: name, name, price_minor: 1_990, reason: null, sold_out: false };
}

function product(id: string): ProductView {
  const rest = { category_id: 'c', price_minor: 0, reason: null, group_ids: [], station_id: null, slots: [] };
  const variants = ['Grande', 'Roja Grande', 'Rojo M'].map((name) => size(name));
  return {
    id,
    name: id,
    short_code: id,
    sold_out: false,
    remaining: null,
    photo_id: null,
    ...rest,
    variants,
  };
}

function hit(product_id: string, mistaken = false): FoundProduct {
  return {
    product_id,
    variant_id: null,
    variant_name: null,
    matched: 'name',
    mistaken,
    ranges: [{ start: 0, end: 2 }],
  };
}

function variant(product_id: string, variant_name: string): FoundProduct {
  return { ...hit(product_id), variant_id: variant_name, variant_name };
}

const MENU = new Map(['limonada', 'jugo', 'ajiaco'].map((id) => [id, product(id)]));

/** A core whose answers come when the test lets them. */
class Slow {
  readonly waiting: { text: string; answer: (found: FoundProducts) => void; fail: (error: Error) => void }[] =
    [];
  readonly backend = new ScriptedBackend({
    search_products: ({ text }) =>
      new Promise((answer, fail) => {
        this.waiting.push({ text, answer, fail });
      }),
  });

  answer(at: number, ...hits: FoundProduct[]): void {
    this.waiting[at]?.answer({ hits });
  }
}

let core: Slow;
let search: Search;
const names = () => search.answer?.found.map((one) => one.product.id) ?? null;

beforeEach(() => {
  core = new Slow();
  search = new Search(core.backend, (id) => MENU.get(id));
});

describe('the product that Enter adds', () => {
  it('is the best one until another is chosen, and stays chosen when the menu is read again', async () => {
    const shown = search.show('jugo');
    core.answer(0, hit('jugo'), hit('limonada'), hit('ajiaco'));
    await shown;
    expect((await search.first('jugo'))?.product.id).toBe('jugo');
    search.at = 1;
    expect((await search.first(' jugo '))?.product.id).toBe('limonada');
    const again = search.show('jugo');
    core.answer(1, hit('ajiaco'), hit('jugo'), hit('limonada'));
    await again;
    expect(search.at).toBe(2);
  });

  it('is the best one again for another text, and when the chosen one is gone', async () => {
    const shown = search.show('jugo');
    core.answer(0, hit('jugo'), hit('limonada'));
    await shown;
    search.at = 1;
    const again = search.show('jugo');
    core.answer(1, hit('jugo'), hit('ajiaco'));
    await again;
    expect(search.at).toBe(0);
    search.at = 1;
    const other = search.show('ajia');
    core.answer(2, hit('ajiaco'), hit('jugo'));
    await other;
    expect(search.at).toBe(0);
  });
});

describe('searching the menu', () => {
  it('shows what the core finds, in its order, with the letters that answered', async () => {
    const shown = search.show(' jugo ');
    expect(names()).toBeNull();
    core.answer(0, hit('jugo'), hit('limonada', true));
    await shown;
    expect(core.backend.requests('search_products')).toEqual([{ text: 'jugo', limit: 60 }]);
    expect(names()).toEqual(['jugo', 'limonada']);
    expect(search.answer).toMatchObject({ text: 'jugo', similar: false });
    expect(search.answer?.found[0]?.ranges).toEqual([{ start: 0, end: 2 }]);
  });

  it('says when it only found what is close', async () => {
    const shown = search.show('limonda');
    core.answer(0, hit('limonada', true));
    await shown;
    expect(search.answer?.similar).toBe(true);
  });

  it('asks once for all that is typed before an answer comes, and shows nothing of what was typed before', async () => {
    const shown = ['l', 'li', 'lim'].map((text) => search.show(text));
    expect(core.waiting.map(({ text }) => text)).toEqual(['l']);
    core.answer(0, hit('jugo'), hit('ajiaco'));
    await shown[0];
    expect(names()).toBeNull();
    await expect.poll(() => core.waiting.map(({ text }) => text)).toEqual(['l', 'lim']);
    core.answer(1, hit('limonada'));
    await Promise.all(shown);
    expect([search.answer?.text, names()]).toEqual(['lim', ['limonada']]);
  });

  it('asks the core nothing more for what a scanner has typed and entered', async () => {
    void search.show('7');
    void search.show('77');
    const first = search.first('7702004003508');
    await search.show('');
    core.answer(0, hit('jugo'));
    core.answer(1, hit('ajiaco'));
    expect((await first)?.product.id).toBe('ajiaco');
    await Promise.resolve();
    expect([core.waiting.length, names()]).toEqual([2, null]);
  });

  it('shows nothing once the text is gone, not even an answer that was under way', async () => {
    const shown = search.show('l');
    await search.show('  ');
    core.answer(0, hit('limonada'));
    await shown;
    expect(names()).toBeNull();
    expect(core.waiting).toHaveLength(1);
  });

  it('shows a product once, also when several of its variants answer', async () => {
    const shown = search.show('jugo');
    core.answer(0, hit('jugo'), variant('jugo', 'Grande'), hit('limonada'));
    await shown;
    expect(names()).toEqual(['jugo', 'limonada']);
  });

  it('names the variant when one alone is meant', async () => {
    const shown = search.show('grande');
    core.answer(
      0,
      variant('jugo', 'Grande'),
      variant('limonada', 'Grande'),
      variant('limonada', 'Roja Grande'),
    );
    await shown;
    expect(search.answer?.found.map((one) => one.variant?.name)).toEqual(['Grande', undefined]);
  });

  it('leaves out what this screen does not know', async () => {
    const shown = search.show('x');
    core.answer(0, hit('brand new'), hit('jugo'));
    await shown;
    expect(names()).toEqual(['jugo']);
  });

  it('says why there is no answer, until there is one', async () => {
    const failing = search.show('l');
    core.waiting[0]?.fail(new CallFailed('link_down', 'No link.'));
    await failing;
    expect(search.problem).toBe('No link.');
    const shown = search.show('li');
    core.answer(1, hit('limonada'));
    await shown;
    expect(search.problem).toBeNull();
  });
});

describe('taking the first one', () => {
  it('takes from the answer on the screen', async () => {
    const shown = search.show('l');
    core.answer(0, hit('limonada'), hit('jugo'));
    await shown;
    expect((await search.first('l '))?.product.id).toBe('limonada');
    expect(core.waiting).toHaveLength(1);
  });

  it('waits for the answer to the whole text of a fast scanner', async () => {
    const shown = search.show('7702004');
    const first = search.first('7702004003508');
    core.answer(0, hit('jugo'));
    await shown;
    core.answer(1, hit('ajiaco'));
    expect((await first)?.product.id).toBe('ajiaco');
  });

  it('takes the variant that a scanned barcode is on', async () => {
    const first = search.first('7702004003508\n');
    core.answer(0, variant('jugo', 'Rojo M'));
    expect(await first).toMatchObject({ product: { id: 'jugo' }, variant: size('Rojo M') });
  });

  it('finds nobody when there is nobody, and fails when the core does', async () => {
    const nobody = search.first('pizza');
    core.answer(0);
    expect(await nobody).toBeNull();
    const failing = search.first('pizza');
    core.waiting[1]?.fail(new CallFailed('link_down', 'No link.'));
    await expect(failing).rejects.toThrow('No link.');
  });
});
