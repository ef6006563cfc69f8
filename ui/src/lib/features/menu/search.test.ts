import { describe, expect, it } from 'vitest';
import type { ProductView } from '../../ipc/bindings.gen';
import { searchProducts } from './search';

function product(short_code: string, name: string, sold_out = false): ProductView {
  const rest = { category_id: 'c', price_minor: 0, group_ids: [], station_id: null };
  return { id: short_code, name, short_code, sold_out, ...rest };
}

const MENU = [
  product('101', 'Arroz con coco'),
  product('10', 'Coctel de camarón'),
  product('602', 'Limonada de coco'),
  product('603', 'Limón natural'),
  product('202', 'Sancocho de gallina'),
  product('900', 'Ñame con suero'),
  product('701', 'Coca de la casa', true),
];

const found = (text: string) => searchProducts(MENU, text).map((one) => one.name);

describe('searching the menu', () => {
  it('needs no accents and no capitals', () => {
    expect(found('LIMON')).toEqual(['Limonada de coco', 'Limón natural']);
    expect(found('name')).toEqual(['Ñame con suero']);
  });

  it('puts a whole code first, then the beginning of a code', () => {
    expect(found('10')).toEqual(['Coctel de camarón', 'Arroz con coco']);
  });

  it('prefers beginnings to middles, and what can be sold to what cannot', () => {
    expect(found('coc')).toEqual([
      'Coctel de camarón',
      'Arroz con coco',
      'Limonada de coco',
      'Sancocho de gallina',
      'Coca de la casa',
    ]);
  });

  it('takes words in any order', () => {
    expect(found('coco limonada')).toEqual(['Limonada de coco']);
  });

  it('finds nothing for nothing', () => {
    expect(found('   ')).toEqual([]);
    expect(found('pizza')).toEqual([]);
  });
});
