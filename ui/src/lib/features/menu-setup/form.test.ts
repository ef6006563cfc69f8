import { describe, expect, it } from 'vitest';
import { CallFailed, type CallFailedCode } from '../../ipc/backend';
import { categoryPart, groupPart, MOST_NAME, productPart, taxPart } from './form';

const refused = (code: CallFailedCode) => new CallFailed(code, 'No.');
const soup = { name: 'Ajiaco', short_code: '101', preparation_minutes: 10, slots: null };

describe('a refusal is shown beside what it is about', () => {
  it.each([
    ['name_taken', soup, true, 'code'],
    ['name_taken', soup, false, 'name'],
    ['out_of_bounds', { ...soup, name: ' ' }, false, 'name'],
    ['out_of_bounds', { ...soup, name: 'x'.repeat(MOST_NAME + 1) }, false, 'name'],
    ['out_of_bounds', soup, false, 'price'],
    ['out_of_bounds', { ...soup, short_code: '1 0' }, false, 'code'],
    ['out_of_bounds', { ...soup, preparation_minutes: 2_000 }, false, 'minutes'],
    ['unknown_station', soup, false, 'station'],
    ['bad_modifier', soup, false, 'questions'],
    ['bad_combo', soup, false, 'slots'],
    ['out_of_bounds', { ...soup, slots: [{ name: ' ' }] }, false, 'slots'],
    ['link_down', soup, false, null],
  ] as const)('of a product: %s', (code, typed, taken, part) => {
    expect(productPart(refused(code), typed, taken)).toBe(part);
  });

  it('of a category and of a question', () => {
    expect(categoryPart(refused('name_taken'))).toBe('name');
    expect(categoryPart(refused('unknown_station'))).toBe('station');
    expect(categoryPart(refused('internal'))).toBeNull();
    const answer = (name: string) => ({ id: name, name, surcharge: '0' });
    expect(groupPart(refused('out_of_bounds'), '', [answer('azul')])).toBe('name');
    expect(groupPart(refused('out_of_bounds'), 'Término', [answer('azul'), answer('')])).toBe('answers');
    expect(groupPart(refused('out_of_bounds'), 'Término', [answer('azul')])).toBe('bounds');
    expect(groupPart(refused('bad_modifier'), 'Término', [])).toBe('answers');
    expect(groupPart(new Error('odd'), 'Término', [])).toBeNull();
  });

  it('of a tax', () => {
    expect(taxPart(refused('name_taken'), 'IVA')).toBe('name');
    expect(taxPart(refused('out_of_bounds'), ' ')).toBe('name');
    expect(taxPart(refused('out_of_bounds'), 'IVA')).toBe('rate');
    expect(taxPart(refused('internal'), 'IVA')).toBeNull();
    expect(taxPart(new Error('odd'), '')).toBeNull();
  });
});
