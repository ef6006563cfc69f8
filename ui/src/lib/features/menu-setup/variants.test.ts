import { describe, expect, it } from 'vitest';
import type { VariantSetup, VariantsSetup } from '../../ipc/bindings.gen';
import { codesOf, Variants } from './variants.svelte';

const AMOUNTS = {
  write: (minor: number) => String(minor / 100),
  read: (text: string) => (/^\d+$/.test(text) ? Number(text) * 100 : null),
};
const SIZES = ['S', 'M', 'L'].map((name) => ({ id: name, name }));
const COLORS = ['Rojo', 'Azul'].map((name) => ({ id: name, name, swatch: '#123456' }));

function variant(color_id: string | null, size_id: string | null, more: Partial<VariantSetup> = {}) {
  const id = `${color_id ?? ''}${size_id ?? ''}`;
  return { id, size_id, color_id, price_minor: null, short_code: '', barcodes: [], active: true, ...more };
}

function opened(variants: VariantSetup[] = []): Variants {
  const view: VariantsSetup = { product_id: 'p', sizes: SIZES, colors: COLORS, variants, barcodes: ['770'] };
  return new Variants(view, AMOUNTS);
}

const names = (variants: Variants) => variants.rows.map((row) => row.name);
const choose = (list: { name: string; chosen: boolean }[], name: string, chosen = true) => {
  for (const one of list) if (one.name === name) one.chosen = chosen;
};

describe('the variants of a product', () => {
  it('are every size in every colour, or sizes alone', () => {
    const variants = opened();
    expect(names(variants)).toEqual([]);
    choose(variants.sizes, 'S');
    choose(variants.sizes, 'M');
    expect(names(variants)).toEqual(['S', 'M']);
    choose(variants.colors, 'Azul');
    expect(names(variants)).toEqual(['Azul S', 'Azul M']);
  });

  it('leave out what was not sold, and keep it when it comes back', () => {
    const variants = opened([
      variant('Rojo', 'S', { price_minor: 1200 }),
      variant('Azul', 'M'),
      variant('Azul', 'S', { active: false, short_code: '77' }),
    ]);
    const sold = () => variants.rows.filter((row) => row.typed.sold).map((row) => row.name);
    expect(names(variants)).toEqual(['Rojo S', 'Rojo M', 'Azul S', 'Azul M']);
    expect(sold()).toEqual(['Rojo S', 'Azul M']);
    variants.type('Azul/S', { sold: true });
    const back = variants.wish.variants.find((one) => one.id === 'AzulS');
    expect(back).toMatchObject({ short_code: '77', active: true });
    choose(variants.sizes, 'M', false);
    expect(variants.wish.variants.map((one) => one.id)).toEqual(['RojoS', 'AzulS']);
  });

  it('stay when they are of another shape than the rest', () => {
    const variants = opened([variant('Rojo', 'S'), variant('Azul', null)]);
    expect(variants.wish.variants.map((one) => one.id).sort()).toEqual(['Azul', 'RojoS']);
  });

  it('have a price of their own, the one before, or that of the product', () => {
    const variants = opened([variant(null, 'S', { price_minor: 1250 }), variant(null, 'M')]);
    expect(variants.wish.variants.map((one) => one.price_minor)).toEqual([1250, null]);
    variants.type('/M', { price: ' 30 ' });
    expect(variants.wish.variants.map((one) => one.price_minor)).toEqual([1250, 3000]);
    variants.type('/S', { price: 'mucho' });
    expect(variants.unclear?.name).toBe('S');
    variants.type('/S', { sold: false });
    expect(variants.unclear).toBeNull();
  });

  it('come in sizes and colours that the house did not know, each once', () => {
    const variants = opened();
    expect([variants.addSize('  '), variants.addColor('', '#000000')]).toEqual([false, false]);
    variants.addSize('m');
    variants.addSize(' Familiar ');
    variants.addSize('familiar');
    expect(names(variants)).toEqual(['M', 'Familiar']);
    variants.addColor('Verde', '#00ff00');
    const { new_sizes, new_colors } = variants.wish;
    expect([new_sizes.map((one) => one.name), new_colors.map((one) => one.swatch)]).toEqual([
      ['Familiar'],
      ['#00ff00'],
    ]);
  });

  it('are scanned by codes that were typed one after the other', () => {
    expect(codesOf(' 770123,\n880  99; ')).toEqual(['770123', '880', '99']);
    const variants = opened([variant(null, 'S')]);
    variants.type('/S', { barcodes: '1 2' });
    expect([variants.wish.barcodes, variants.wish.variants[0]?.barcodes]).toEqual([['770'], ['1', '2']]);
  });
});
