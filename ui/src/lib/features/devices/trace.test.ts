import { describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type { FoundProduct, MenuView, ProductTrace, ProductView } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { Trace } from './trace.svelte';

function product(id: string, name: string): ProductView {
  return {
    id,
    category_id: 'c',
    name,
    short_code: id,
    price_minor: 0,
    reason: null,
    sold_out: false,
    remaining: null,
    variants: [],
    group_ids: [],
    station_id: null,
    photo_id: null,
    slots: [],
  };
}

const MENU: MenuView = {
  categories: [],
  products: [product('101', 'Ajiaco'), product('502', 'Yuca frita')],
  favourite_ids: [],
  groups: [],
};
const hit = (product_id: string): FoundProduct => ({
  product_id,
  variant_id: null,
  variant_name: null,
  matched: 'name',
  mistaken: false,
  ranges: [],
});
const answerFor = (name: string): ProductTrace => ({
  product: name,
  station_id: 's',
  station: 'Cocina',
  reason: { es: 'Cocina.', en: 'Kitchen.' },
  steps: [],
  goes_to: null,
  answer: { es: name, en: name },
});

/** Lets every answer that is there be heard. */
const turn = () => new Promise((done) => setTimeout(done));

describe('where a product comes out', () => {
  it('finds products by what is typed, each once, and none that the menu does not have', async () => {
    const backend = new ScriptedBackend({
      get_menu: () => MENU,
      search_products: () => ({ hits: [hit('502'), hit('502'), hit('gone'), hit('101')] }),
    });
    const trace = new Trace(backend);
    await trace.search('yu');
    await trace.search('yuc');
    expect(trace.found?.products.map((one) => one.name)).toEqual(['Yuca frita', 'Ajiaco']);
    expect(backend.requests('get_menu'), 'the menu is read once').toHaveLength(1);
    await trace.search('  ');
    expect(trace.found).toBeNull();
  });

  it('shows no answer to an older text, and reads the menu again after it could not', async () => {
    let away = true;
    const answers: (() => void)[] = [];
    const backend = new ScriptedBackend({
      get_menu: () => {
        if (away) throw new CallFailed('link_down', 'Sin conexión.');
        return MENU;
      },
      search_products: ({ text }) =>
        new Promise((give) =>
          answers.push(() => {
            give({ hits: [hit(text)] });
          }),
        ),
    });
    const trace = new Trace(backend);
    await trace.search('101');
    expect(trace.problem).toBe('Sin conexión.');
    away = false;
    const older = trace.search('101');
    const newer = trace.search('502');
    answers[2]?.();
    await newer;
    answers[1]?.();
    await older;
    expect([trace.found?.text, trace.problem]).toEqual(['502', null]);
  });

  it('is asked again when somebody else sends it, and when something changes', async () => {
    const backend = new ScriptedBackend({ trace_product: () => answerFor('Ajiaco') });
    const trace = new Trace(backend);
    trace.hear({ kind: 'settings_changed' });
    expect(backend.asked, 'nothing is chosen yet').toEqual([]);
    trace.choose({ id: '101', name: 'Ajiaco', code: '101' });
    trace.from('caja');
    trace.hear({ kind: 'settings_changed' });
    await expect.poll(() => trace.answer?.product).toBe('Ajiaco');
    expect(backend.requests('trace_product').map((one) => one.terminal_id)).toEqual([null, 'caja', 'caja']);
  });

  it('says nothing of the product before, nor why that was refused', async () => {
    const answers: ((answer: ProductTrace) => void)[] = [];
    const backend = new ScriptedBackend({ trace_product: () => new Promise((give) => answers.push(give)) });
    const trace = new Trace(backend);
    trace.choose({ id: '101', name: 'Ajiaco', code: '101' });
    trace.choose({ id: '502', name: 'Yuca frita', code: '502' });
    answers[1]?.(answerFor('Yuca frita'));
    await expect.poll(() => trace.answer?.product).toBe('Yuca frita');
    answers[0]?.(answerFor('Ajiaco'));
    await turn();
    expect(trace.answer?.product).toBe('Yuca frita');
    void trace.ask();
    trace.choose(null);
    answers[2]?.(answerFor('Yuca frita'));
    await turn();
    expect([trace.answer, trace.problem], 'nothing is chosen').toEqual([null, null]);
  });
});
