import { beforeEach, expect, it, describe } from 'vitest';
import { MemoryStorage } from '../../ipc/testing';
import type { Draft } from './draft';
import { KeptWords, draftsIn, orderView, wish } from './testing';

const TABLE = { id: 'table-3', name: '3', room: 'Salón' };
const PLACE = { order_type: 'dine_in' as const, table: TABLE };

describe('the carts of a terminal', () => {
  it('find the table again, and move to the order that someone else opened there', () => {
    const drafts = draftsIn(new MemoryStorage());
    const id = drafts.forTable(TABLE, null);
    drafts.take(id, PLACE, false).lines.push({ ...wish('ajiaco'), id: 'line-1' });
    expect(drafts.forTable(TABLE, null)).toBe(id);
    expect(drafts.forTable(TABLE, 'order-of-luis')).toBe('order-of-luis');
    expect(drafts.find('order-of-luis')).toMatchObject({ known: true, lines: [{ product_id: 'ajiaco' }] });
    expect(drafts.find(id)).toBeNull();
  });

  it('take what is typed along when an order is joined with another', () => {
    const storage = new MemoryStorage();
    const drafts = draftsIn(storage);
    drafts.take('order-1', PLACE, true).lines.push({ ...wish('ajiaco'), id: 'line-1' });
    drafts.take('order-2', PLACE, true).lines.push({ ...wish('limonada'), id: 'line-2' });
    drafts.join('order-1', orderView({ id: 'order-2' }));
    const kept = draftsIn(storage);
    expect(kept.find('order-1')).toBeNull();
    expect(kept.find('order-2')?.lines.map((line) => line.id)).toEqual(['line-2', 'line-1']);
  });

  it('take a line back that was taken out before the cart was put away', () => {
    const storage = new MemoryStorage();
    const drafts = draftsIn(storage);
    const draft = drafts.take('order-1', PLACE, false);
    drafts.take('order-2', { ...PLACE, table: { ...TABLE, id: 'table-4' } }, false);
    expect(drafts.find('order-1')).toBeNull();
    drafts.home(draft).lines.push({ ...wish('ajiaco'), id: 'line-1' });
    drafts.save();
    expect(draftsIn(storage).find('order-1')?.lines).toHaveLength(1);
    expect(drafts.forTable(TABLE, null)).toBe('order-1');
  });

  it('have it in the cart that its table has by then', () => {
    const drafts = draftsIn(new MemoryStorage());
    const gone = drafts.take('order-1', PLACE, false);
    drafts.take('order-2', PLACE, false).lines.push({ ...wish('limonada'), id: 'line-2' });
    drafts.home(gone).lines.unshift({ ...wish('ajiaco'), id: 'line-1' });
    expect(drafts.all.map((draft) => draft.order_id)).toEqual(['order-2']);
    expect(drafts.find('order-2')?.lines.map((line) => line.id)).toEqual(['line-1', 'line-2']);
  });

  it('are thrown away and brought back whole, but not what the core has', () => {
    const storage = new MemoryStorage();
    const drafts = draftsIn(storage);
    const draft = drafts.take('order-1', { order_type: 'take_away', table: null }, false);
    Object.assign(draft, { customer: 'Marta', lines: [{ ...wish('ajiaco'), id: 'line-1' }] });
    drafts.save();
    const back = drafts.discard('order-1');
    expect([drafts.all, draftsIn(storage).all]).toEqual([[], []]);
    back?.();
    const kept = draftsIn(storage).find('order-1');
    expect([kept?.customer, kept?.lines.map((line) => line.id)]).toEqual(['Marta', ['line-1']]);
    drafts.take('order-2', PLACE, true);
    expect([drafts.discard('order-2'), drafts.discard('order-9')]).toEqual([null, null]);
  });

  it.each([
    ['a free table', null, 'order-1'],
    ['a table with an open order', 'order-of-luis', 'order-of-luis'],
  ])('go to %s with all that is typed', (_, open, goesOn) => {
    const other = { id: 'table-4', name: '4', room: 'Salón' };
    const drafts = draftsIn(new MemoryStorage());
    drafts.take('order-1', PLACE, false).lines.push({ ...wish('ajiaco'), id: 'line-1' });
    expect(drafts.put('order-1', other, open)).toBe(goesOn);
    expect(drafts.all.map(({ order_id, table, known }) => [order_id, table?.id, known])).toEqual([
      [goesOn, 'table-4', open !== null],
    ]);
    expect(drafts.find(goesOn)?.lines.map((line) => line.id)).toEqual(['line-1']);
  });

  it('join what is typed at that table already', () => {
    const other = { id: 'table-4', name: '4', room: 'Salón' };
    const drafts = draftsIn(new MemoryStorage());
    drafts.take('order-1', PLACE, false).lines.push({ ...wish('ajiaco'), id: 'line-1' });
    drafts
      .take('order-2', { ...PLACE, table: other }, false)
      .lines.push({ ...wish('limonada'), id: 'line-2' });
    expect(drafts.put('order-1', other, null)).toBe('order-2');
    expect(drafts.find('order-2')?.lines.map((line) => line.id)).toEqual(['line-2', 'line-1']);
  });

  it('are kept by the core although the storage of this machine is full', () => {
    const full = new MemoryStorage();
    full.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const words = new KeptWords();
    const drafts = draftsIn(full, words);
    drafts.take('order-1', PLACE, false).lines.push({ ...wish('ajiaco'), id: 'line-1' });
    expect(() => {
      drafts.save();
    }).not.toThrow();
    expect(words.said.map(([orderId]) => orderId)).toContain('order-1');
  });

  it('start empty when what is kept cannot be read', () => {
    const storage = new MemoryStorage();
    storage.setItem('fastops.drafts.terminal-1', '{not json');
    expect(draftsIn(storage).all).toEqual([]);
  });

  it('start with what an earlier program kept', () => {
    const storage = new MemoryStorage();
    const line = { ...wish('ajiaco'), id: 'line-1' };
    const old = [{ order_id: 'order-1', ...PLACE, known: false, lines: [line], batch: null }];
    storage.setItem('fastops.drafts.terminal-1', JSON.stringify(old));
    expect(draftsIn(storage).find('order-1')?.lines).toEqual([line]);
  });

  it('stay one order when the core turns out to have it', () => {
    const drafts = draftsIn(new MemoryStorage());
    const id = drafts.forTable(TABLE, null);
    drafts.take(id, PLACE, false).lines.push({ ...wish('ajiaco'), id: 'line-1' });
    expect(drafts.forTable(TABLE, id)).toBe(id);
    expect(drafts.find(id)).toMatchObject({ known: true, lines: [{ id: 'line-1' }] });
  });
});

describe('the copy of a cart that the core keeps', () => {
  let words: KeptWords;
  let storage: MemoryStorage;

  const start = (now = 1_000) => draftsIn(storage, words, now);
  /** Types a line for an order. */
  const type = (drafts: ReturnType<typeof start>, orderId: string, id: string) => {
    drafts.take(orderId, PLACE, true).lines.push({ ...wish('ajiaco'), id });
    drafts.save();
  };
  const linesOf = (content: string | null) =>
    content === null ? null : (JSON.parse(content) as Draft).lines.map((line) => line.id);
  const cart = (order_id: string, version: number, content: string | null, known = true) => ({
    order_id,
    version,
    content,
    known,
  });

  beforeEach(() => {
    words = new KeptWords();
    storage = new MemoryStorage();
  });

  it('is made at each change, newer each time whatever the clock says, and once for each', () => {
    const drafts = start();
    type(drafts, 'order-1', 'line-1');
    type(drafts, 'order-1', 'line-2');
    drafts.save();
    expect(words.said.map(([id, word]) => [id, word.version, linesOf(word.content)])).toEqual([
      ['order-1', 1_000, ['line-1']],
      ['order-1', 1_001, ['line-1', 'line-2']],
    ]);
    const earlier = start(5);
    type(earlier, 'order-1', 'line-3');
    expect(words.said.at(-1)?.[1].version).toBe(1_002);
  });

  it('is emptied when nothing is typed any more', () => {
    const drafts = start();
    type(drafts, 'order-1', 'line-1');
    const draft = drafts.find('order-1');
    if (draft) draft.lines = [];
    drafts.save();
    expect(words.said.at(-1)).toEqual(['order-1', { version: 1_001, content: null }]);
  });

  it('gives back what the machine has lost, and what it was ahead of', () => {
    type(start(), 'order-1', 'line-1');
    type(start(), 'order-1', 'line-2');
    const kept = words.said.at(-1)?.[1] ?? { version: 0, content: null };

    storage = new MemoryStorage();
    const lost = start();
    lost.adopt([cart('order-1', kept.version, kept.content)]);
    expect(lost.find('order-1')?.lines.map((line) => line.id)).toEqual(['line-1', 'line-2']);

    storage = new MemoryStorage();
    const behind = start(10);
    type(behind, 'order-1', 'line-1');
    const inHand = behind.find('order-1');
    behind.adopt([cart('order-1', kept.version, kept.content)]);
    expect(behind.find('order-1')).toBe(inHand);
    expect(inHand?.lines).toHaveLength(2);
    expect(start().find('order-1')?.lines).toHaveLength(2);
  });

  it('does not bring back what was sent or taken out', () => {
    type(start(), 'order-1', 'line-1');
    const drafts = start();
    drafts.adopt([cart('order-1', 2_000, null)]);
    expect(drafts.unsent).toEqual([]);
    drafts.adopt([cart('order-1', 1_500, '{"order_id":"order-1"}')]);
    expect(drafts.unsent).toEqual([]);
  });

  it('hears what is newer here, or what it never had', () => {
    const drafts = start();
    type(drafts, 'order-1', 'line-1');
    type(drafts, 'order-2', 'line-2');
    words.said = [];
    drafts.adopt([cart('order-1', 3, null)]);
    expect(words.said.map(([id, word]) => [id, linesOf(word.content)])).toEqual([
      ['order-1', ['line-1']],
      ['order-2', ['line-2']],
    ]);
  });

  it('knows whether the order went through while the machine was cut off', () => {
    const drafts = start();
    drafts.take('order-1', PLACE, false).lines.push({ ...wish('ajiaco'), id: 'line-1' });
    drafts.save();
    const word = words.said.at(-1)?.[1] ?? { version: 0, content: null };
    drafts.adopt([cart('order-1', word.version, word.content, true)]);
    expect(drafts.find('order-1')?.known).toBe(true);
  });

  it('that cannot be read changes nothing here', () => {
    const drafts = start();
    drafts.adopt([cart('order-1', 9, '{not json')]);
    expect(drafts.all).toEqual([]);
  });
});
