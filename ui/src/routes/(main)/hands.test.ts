import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Floor } from '$lib/features/floor/floor.svelte';
import type { Drafts } from '$lib/features/order/drafts.svelte';
import { Hand } from '$lib/features/order/hand.svelte';
import { draftsIn, orderView, wish } from '$lib/features/order/testing';
import { I18n } from '$lib/i18n/i18n.svelte';
import { CallFailed } from '$lib/ipc/backend';
import type { FloorView, OrderSummary, OrderView, TableView } from '$lib/ipc/bindings.gen';
import { MemoryStorage, ScriptedBackend } from '$lib/ipc/testing';
import { systemTimers } from '$lib/ipc/timers';
import { Toasts } from '$lib/ui/toasts.svelte';
import { Hands } from './hands.svelte';

const table = (id: string, ...orders: string[]) =>
  ({ id, name: id, orders: orders.map((order) => ({ id: order, number: 1 }) as OrderSummary) }) as TableView;

const at = (id: string) => ({ order_type: 'dine_in' as const, table: { id, name: id, room: 'Salón' } });

describe('what is typed and not sent', () => {
  let backend: ScriptedBackend;
  let drafts: Drafts;
  let hand: Hand;
  let floor: Floor;
  let hands: Hands;
  const follow = vi.fn<(orderId: string) => void>();
  const toTables = vi.fn<() => void>();

  async function see(...tables: TableView[]): Promise<void> {
    backend.answers.get_floor = () =>
      ({ rooms: [{ id: 'r', name: 'Salón', tables }], others: [] }) as unknown as FloorView;
    await floor.kept.read();
  }

  beforeEach(() => {
    follow.mockReset();
    toTables.mockReset();
    backend = new ScriptedBackend({ quote_lines: () => Promise.reject(new CallFailed('link_down', '')) });
    drafts = draftsIn(new MemoryStorage());
    hand = new Hand(backend, drafts, systemTimers, () => undefined);
    floor = new Floor(backend);
    const i18n = new I18n(new MemoryStorage());
    hands = new Hands({ backend, i18n, toasts: new Toasts(), floor, hand, toTables, follow });
  });

  describe('for an order that another till joined', () => {
    const views: Record<string, OrderView> = {
      gone: orderView({ id: 'gone', closed: true, merged_into: 'between' }),
      between: orderView({ id: 'between', closed: true, merged_into: 'there' }),
      there: orderView({ id: 'there', table: at('b').table }),
    };

    const answer = ({ order_id }: { order_id: string }) => views[order_id] ?? orderView({ id: order_id });

    beforeEach(async () => {
      backend.answers.get_order = answer;
      drafts.take('gone', at('a'), true).lines.push({ ...wish('ajiaco'), id: 'line-1' });
      drafts.take('open', at('c'), true).lines.push({ ...wish('limonada'), id: 'line-2' });
      await see(table('b', 'there'), table('c', 'open'));
    });

    it('goes to where its lines are now, and the others stay', async () => {
      await hands.gather();
      expect(drafts.find('there')?.lines.map((line) => line.id)).toEqual(['line-1']);
      expect(drafts.find('gone')?.lines ?? []).toEqual([]);
      expect(drafts.find('open')?.lines.map((line) => line.id)).toEqual(['line-2']);
      expect(follow).not.toHaveBeenCalled();
    });

    it('takes whoever has it in hand along', async () => {
      await hand.open('gone', null);
      await hands.gather();
      expect(follow).toHaveBeenCalledWith('there');
    });

    it('stays where it is while nobody can say, and goes with the next look', async () => {
      backend.answers.get_order = () => Promise.reject(new CallFailed('link_down', ''));
      await hands.gather();
      expect(drafts.find('gone')?.lines).toHaveLength(1);
      backend.answers.get_order = answer;
      await hands.gather();
      expect(drafts.find('there')?.lines).toHaveLength(1);
    });

    it('is asked for once when its order ended otherwise, and for each look while it is open', async () => {
      await see(table('b', 'there'));
      backend.answers.get_order = ({ order_id }) => orderView({ id: order_id, closed: order_id === 'gone' });
      for (let look = 0; look < 3; look += 1) await hands.gather();
      const asked = backend.requests('get_order').map((request) => request.order_id);
      expect(asked).toEqual(['gone', 'open', 'open', 'open']);
      expect(drafts.find('gone')?.lines, 'and nothing of it is lost').toHaveLength(1);
    });

    it('is not asked about by two looks at once', async () => {
      await Promise.all([hands.gather(), hands.gather()]);
      expect(backend.requests('get_order')).toHaveLength(3);
    });
  });

  describe('at a table that another till opened meanwhile', () => {
    beforeEach(async () => {
      await see(table('a'), table('d'));
      await hand.open('new', at('a'));
    });

    it('is for their order, and whoever types goes along', async () => {
      hand.add(wish('ajiaco'));
      await see(table('a', 'theirs'), table('d'));
      await hands.gather();
      expect(drafts.find('theirs')).toMatchObject({ known: true, lines: [{ product_id: 'ajiaco' }] });
      expect(drafts.find('new')).toBeNull();
      expect(follow).toHaveBeenCalledWith('theirs');
    });

    it('is begun for their order, also when nothing is typed yet', async () => {
      await see(table('a', 'theirs'), table('d'));
      await hands.gather();
      expect(follow).toHaveBeenCalledWith('theirs');
    });

    it('is a bill of its own among several', async () => {
      hand.add(wish('ajiaco'));
      await see(table('a', 'one', 'two'), table('d'));
      await hands.gather();
      expect(drafts.find('new')?.lines).toHaveLength(1);
      expect(follow).not.toHaveBeenCalled();
    });

    it('stays what it is once it is on its way', async () => {
      hand.add(wish('ajiaco'));
      backend.answers.create_order = () => Promise.reject(new CallFailed('link_down', ''));
      await hand.send();
      await see(table('a', 'theirs'), table('d'));
      await hands.gather();
      expect(drafts.find('new')?.batch).not.toBeNull();
      expect(follow).not.toHaveBeenCalled();
      hand.sender.stop();
    });
  });

  describe('at the wrong table', () => {
    beforeEach(async () => {
      await see(table('a'), table('b'), table('c', 'open'), table('d', 'one', 'two'));
      await hand.open('new', at('a'));
      hand.add(wish('ajiaco'));
      hands.move();
    });

    it('goes to the one that is touched, and stays in hand', () => {
      expect([hands.carrying, hands.carried?.from, toTables.mock.calls.length]).toEqual([true, 'a', 1]);
      hands.putOn(table('b'));
      expect([hands.carrying, drafts.find('new')?.table?.id, follow.mock.calls]).toEqual([false, 'b', []]);
    });

    it('goes on with the order that is open there', () => {
      hands.putOn(table('c', 'open'));
      expect(drafts.find('open')?.lines).toHaveLength(1);
      expect(drafts.find('new')).toBeNull();
      expect(follow).toHaveBeenCalledWith('open');
    });

    it('is a bill of its own among several', () => {
      hands.putOn(table('d', 'one', 'two'));
      expect(drafts.find('new')).toMatchObject({ known: false, table: { id: 'd' } });
    });

    it('stays when its own table is touched, or with a step back', () => {
      hands.putOn(table('a'));
      expect([hands.carrying, drafts.find('new')?.table?.id]).toEqual([false, 'a']);
      hands.move();
      expect([hands.back(), hands.carrying]).toEqual([true, false]);
    });
  });
});
