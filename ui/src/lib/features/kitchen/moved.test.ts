import { describe, expect, it } from 'vitest';
import { es } from '$lib/i18n/es';
import type { KitchenMove } from '$lib/ipc/bindings.gen';
import { MemoryStorage } from '$lib/ipc/testing';
import { Acknowledged } from './acknowledged.svelte';
import { alertBetween } from './changes';
import { fromOf, slipWords } from './moved';
import { ticket } from './testing';

function move(fields: Partial<KitchenMove> = {}): KitchenMove {
  return { from: null, was: null, numbers: [41], things: [], ...fields };
}

describe('tickets that go elsewhere', () => {
  it('say of a table that it was before, and of what is served otherwise how', () => {
    expect(fromOf(move({ from: '12', was: 'dine_in' }), es)).toBe('Mesa 12');
    expect(fromOf(move({ was: 'delivery' }), es)).toBe(es.kitchen.place.delivery);
    expect(fromOf(move(), es)).toBe(es.kitchen.noPlace);
  });

  it('are called by how they are served now when that is what changed', () => {
    const away = { order_type: 'take_away' } as const;
    expect(slipWords({ ...away, moved: move({ from: '12', was: 'dine_in' }) }, es)).toBe('Ahora para llevar');
    expect(slipWords({ ...away, moved: move({ from: '12' }) }, es)).toBe('Cambio de mesa');
  });

  it('are marked and heard when a brought order is to be taken away', () => {
    const before = ticket('a', { table: null, order_type: 'take_away' });
    const known = new Acknowledged(new MemoryStorage(), 'cook');
    known.meet([before]);
    const after = ticket('a', { table: null, order_type: 'delivery' });
    expect([known.isOpen(after), alertBetween([before], [after], new Set())]).toEqual([true, 'change']);
  });
});
