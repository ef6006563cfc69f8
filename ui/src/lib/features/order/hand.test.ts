import { beforeEach, describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type { OrderView, QuoteLines } from '../../ipc/bindings.gen';
import { HandClock, MemoryStorage, ScriptedBackend } from '../../ipc/testing';
import { NOBODY } from './contact';
import { Hand, MOST_UNITS } from './hand.svelte';
import { draftsIn, lineView, orderView, ticketView, wish } from './testing';

const TABLE = { id: 'table-3', name: '3', room: 'Salón' };
const PLACE = { order_type: 'dine_in' as const, table: TABLE };

function quote(request: QuoteLines) {
  const total = request.lines.reduce((sum, line) => sum + line.quantity * 1_000, 0);
  const lines = request.lines.map((line) => ({
    id: line.id,
    unit_price_minor: 1_000,
    total_minor: 1_000,
    reason: null,
  }));
  return { lines, net_minor: total, tax_minor: 0, total_minor: total, order_total_minor: total };
}

/** Lets every answer that is on its way arrive. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('the order in hand', () => {
  let storage: MemoryStorage;
  let clock: HandClock;
  let backend: ScriptedBackend;
  let hand: Hand;
  let announced: [number, number][];

  function start(): Hand {
    return new Hand(backend, draftsIn(storage), clock, (view, units) => {
      announced.push([view.number, units]);
    });
  }

  beforeEach(async () => {
    storage = new MemoryStorage();
    clock = new HandClock();
    announced = [];
    backend = new ScriptedBackend({ quote_lines: quote });
    hand = start();
    await hand.open('order-1', PLACE);
  });

  it('adds the same wish to the same line, and another wish as another line', () => {
    hand.add(wish('ajiaco'));
    hand.add(wish('ajiaco'));
    hand.add(wish('ajiaco', { note: 'sin alcaparras' }));
    hand.add(wish('ajiaco', { modifier_ids: ['media'] }));
    expect(hand.draft?.lines.map((line) => line.quantity)).toEqual([2, 1, 1]);
    expect(new Set(hand.draft?.lines.map((line) => line.id)).size).toBe(3);
  });

  it('adds the same combo to the same line, and sends what was chosen without its names', async () => {
    const chosen = { slot_id: 'plato', variant_id: null, modifier_ids: ['media'], modifier_names: ['Media'] };
    const part = (id: string, product: string) => ({ id, product_id: product, name: product, ...chosen });
    const combo = (...parts: ReturnType<typeof part>[]) => wish('combo', { parts });
    hand.add(combo(part('p1', 'ajiaco')));
    hand.add(combo(part('p2', 'ajiaco')));
    hand.add(combo(part('p3', 'arroz')));
    expect(hand.draft?.lines.map((line) => [line.quantity, line.parts[0]?.id])).toEqual([
      [2, 'p1'],
      [1, 'p3'],
    ]);
    await settle();
    const { slot_id, variant_id, modifier_ids } = chosen;
    expect(backend.requests('quote_lines').at(-1)?.lines[0]?.parts).toEqual([
      { id: 'p1', slot_id, product_id: 'ajiaco', variant_id, modifier_ids },
    ]);
  });

  it('keeps a quantity between one and the limit', () => {
    hand.add(wish('ajiaco', { quantity: MOST_UNITS }));
    hand.add(wish('ajiaco'));
    const id = hand.draft?.lines[0]?.id ?? '';
    expect(hand.draft?.lines[0]?.quantity).toBe(MOST_UNITS);
    hand.setQuantity(id, 0);
    hand.setQuantity(id, MOST_UNITS + 1);
    expect(hand.draft?.lines[0]?.quantity).toBe(MOST_UNITS);
  });

  it('puts a removed line back where it was', () => {
    for (const product of ['a', 'b', 'c']) hand.add(wish(product));
    const back = hand.remove(hand.draft?.lines[1]?.id ?? '');
    expect(hand.draft?.lines.map((line) => line.name)).toEqual(['a', 'c']);
    back?.();
    expect(hand.draft?.lines.map((line) => line.name)).toEqual(['a', 'b', 'c']);
  });

  it("shows the core's amounts, and only the newest answer", async () => {
    const answers: (() => void)[] = [];
    backend.answers.quote_lines = (request) =>
      new Promise((resolve) => {
        answers.push(() => {
          resolve(quote(request));
        });
      });
    hand.add(wish('ajiaco'));
    hand.add(wish('ajiaco'));
    answers[1]?.();
    await settle();
    answers[0]?.();
    await settle();
    expect(hand.quote?.total_minor).toBe(2_000);
  });

  it('shows no amount when the core cannot say one, and says why until it can', async () => {
    hand.add(wish('ajiaco'));
    await settle();
    expect(hand.quote?.total_minor).toBe(1_000);
    backend.answers.quote_lines = () => Promise.reject(new CallFailed('link_down', 'No hay conexión.'));
    hand.add(wish('ajiaco'));
    expect([hand.quoting, hand.quoteProblem]).toEqual([true, null]);
    await settle();
    expect([hand.quote, hand.quoting, hand.quoteProblem]).toEqual([null, false, 'No hay conexión.']);
    backend.answers.quote_lines = quote;
    hand.quoteAgain();
    await settle();
    expect([hand.quote?.total_minor, hand.quoteProblem]).toEqual([2_000, null]);
  });

  it('keeps the variants of a product apart, and sends which one each line is', async () => {
    for (const variant_id of ['roja', 'azul', 'roja']) hand.add(wish('camisa', { variant_id }));
    await settle();
    const asked = backend.requests('quote_lines').at(-1)?.lines;
    expect(asked?.map((line) => [line.variant_id, line.quantity])).toEqual([
      ['roja', 2],
      ['azul', 1],
    ]);
  });

  it('forgets why there was no amount with the cart that it was about', async () => {
    backend.answers.quote_lines = () => Promise.reject(new CallFailed('link_down', 'No hay conexión.'));
    hand.add(wish('ajiaco'));
    await settle();
    hand.remove(hand.draft?.lines[0]?.id ?? '');
    expect([hand.quoteProblem, hand.quoting]).toEqual([null, false]);
  });

  it('shows at once what an event says of a ticket, and reads the rest', async () => {
    const before = orderView({ id: 'order-2', tickets: [ticketView()] });
    backend.answers.get_order = () => before;
    await hand.open('order-2', null);
    clock.move(1_500);
    let come: (view: OrderView) => void = () => undefined;
    backend.answers.get_order = () => new Promise((resolve) => (come = resolve));
    const said = { station_id: 'kitchen', ticket_id: 'ticket-1', order_id: 'order-2' };
    hand.hear({ kind: 'ticket_changed', ...said, paper: { job: 'queued', place: 2, wait_ms: 3_000 } });
    expect(hand.view?.tickets[0]).toMatchObject({ job: 'queued', position: 2, wait_ms: 4_500 });
    hand.hear({ kind: 'ticket_changed', ...said, paper: { job: 'sending', place: null, wait_ms: null } });
    expect(hand.view?.tickets[0]).toMatchObject({ job: 'sending', position: null, wait_ms: null });
    hand.hear({ kind: 'ticket_changed', ...said, ticket_id: 'another', paper: null });
    come(orderView({ id: 'order-2', tickets: [ticketView({ job: 'printed', position: null })] }));
    await settle();
    expect(hand.view?.tickets[0]?.job).toBe('printed');
  });

  it('asks for the total of the whole order, also before it has read it and when others change it', async () => {
    hand.drafts.take('order-2', PLACE, true).lines.push({ ...wish('ajiaco'), id: 'line-1' });
    backend.answers.get_order = () => orderView({ id: 'order-2', total_minor: 5_000 });
    await hand.open('order-2', null);
    await settle();
    expect(new Set(backend.requests('quote_lines').map((one) => one.order_id))).toEqual(new Set(['order-2']));
    const before = backend.requests('quote_lines').length;
    await hand.refresh();
    expect(backend.requests('quote_lines').length).toBe(before);
    backend.answers.get_order = () => orderView({ id: 'order-2', total_minor: 7_000 });
    await hand.refresh();
    expect(backend.requests('quote_lines').length).toBe(before + 1);
    hand.hear({ kind: 'menu_changed' });
    expect(backend.requests('quote_lines').length).toBe(before + 2);
  });

  it('is kept at each tap: a line, its number, its change, its end', async () => {
    const kept = async () => {
      const again = start();
      await again.open('order-1', null);
      return again.draft?.lines.map((line) =>
        `${String(line.quantity)} ${line.name} ${line.note ?? ''}`.trim(),
      );
    };
    hand.add(wish('ajiaco'));
    expect(await kept()).toEqual(['1 ajiaco']);
    const id = hand.draft?.lines[0]?.id ?? '';
    hand.setQuantity(id, 7);
    expect(await kept()).toEqual(['7 ajiaco']);
    hand.replace(id, wish('ajiaco', { quantity: 7, note: 'sin sal' }));
    expect(await kept()).toEqual(['7 ajiaco sin sal']);
    hand.add(wish('limonada'));
    const back = hand.remove(id);
    expect(await kept()).toEqual(['1 limonada']);
    back?.();
    expect(await kept()).toEqual(['7 ajiaco sin sal', '1 limonada']);
  });

  it('survives a reload with everything typed', async () => {
    hand.add(wish('ajiaco', { note: 'sin alcaparras' }));
    hand.describe({ covers: 4, customer: 'Rosa' });
    const again = start();
    await again.open('order-1', null);
    expect(again.draft).toMatchObject({ covers: 4, customer: 'Rosa', known: false, table: TABLE });
    expect(again.draft?.lines.map((line) => line.note)).toEqual(['sin alcaparras']);
    expect(backend.requests('get_order')).toEqual([]);
  });

  it('keeps who ordered without a table, sends it along, and corrects it afterwards', async () => {
    const contact = { ...NOBODY, phone: '300', address: 'Calle 1', promised_at: 5 };
    await hand.open('order-2', { order_type: 'delivery', table: null });
    hand.describe({ customer: 'Rosa', contact, remember: true });
    const again = start();
    await again.open('order-2', null);
    expect(again.draft).toMatchObject({ customer: 'Rosa', contact, remember: true, known: false });
    backend.answers.describe_order = (request) => ({ ...view, contact: request.contact });
    const view = orderView({ id: 'order-2', order_type: 'delivery', table: null, customer: 'Rosa', contact });
    backend.answers.create_order = () => view;
    again.add(wish('ajiaco'));
    await again.send();
    expect(backend.requests('create_order')).toMatchObject([{ contact, customer: 'Rosa' }]);
    expect(backend.requests('describe_order')).toMatchObject([{ contact, remember_customer: true }]);
    const later = { ...contact, promised_at: 9 };
    const details = { customer: 'Rosa Díaz', contact: later, remember: false };
    await again.correct({ order_type: 'delivery', covers: 3, note: null, urgent: false, ...details }, 'c');
    expect(backend.requests('describe_order').slice(1)).toEqual([
      {
        command_id: 'c',
        order_id: 'order-2',
        customer: 'Rosa Díaz',
        contact: later,
        covers: 3,
        remember_customer: false,
      },
    ]);
    expect(again.view?.contact).toEqual(later);
  });

  it('reads a cart that an earlier program kept', async () => {
    hand.add(wish('ajiaco'));
    const key = storage.key(0) ?? '';
    const kept = JSON.parse(storage.getItem(key) ?? '[]') as Record<string, unknown>[];
    for (const draft of kept)
      for (const field of ['contact', 'remember']) Reflect.deleteProperty(draft, field);
    storage.setItem(key, JSON.stringify(kept));
    const again = start();
    await again.open('order-1', null);
    expect(again.draft).toMatchObject({ contact: NOBODY, remember: false });
    expect(again.draft?.lines).toHaveLength(1);
  });

  it('creates the order with its first lines and adds to it afterwards', async () => {
    backend.answers.create_order = (request) => orderView({ id: request.order_id });
    backend.answers.add_lines = (request) => orderView({ id: request.order_id, revision: 2 });
    hand.add(wish('ajiaco', { quantity: 2 }));
    expect(await hand.send()).toBe('sent');
    hand.add(wish('limonada'));
    expect(await hand.send()).toBe('sent');
    expect(backend.requests('create_order')[0]).toMatchObject({ order_id: 'order-1', table_id: 'table-3' });
    expect(backend.requests('add_lines')[0]?.lines.map((line) => line.product_id)).toEqual(['limonada']);
    expect(announced).toEqual([
      [12, 2],
      [12, 1],
    ]);
    expect(hand.draft?.lines).toEqual([]);
    expect(hand.view?.revision).toBe(2);
  });

  it('never sends shown names to the core', async () => {
    backend.answers.create_order = (request) => orderView({ id: request.order_id });
    hand.add(wish('ajiaco'));
    await hand.send();
    const line = backend.requests('create_order')[0]?.lines[0] ?? {};
    expect(Object.keys(line).sort()).toEqual([
      'allergy',
      'course',
      'held',
      'id',
      'modifier_ids',
      'note',
      'parts',
      'product_id',
      'quantity',
      'seat',
      'variant_id',
    ]);
  });

  describe('when no answer comes', () => {
    beforeEach(async () => {
      backend.answers.create_order = () => {
        throw new CallFailed('link_down', 'sin conexión');
      };
      hand.add(wish('ajiaco', { quantity: 2 }));
      expect(await hand.send()).toBe('waiting');
    });

    it('keeps the lines in sight, and tries the very same command again by itself', async () => {
      expect(hand.pending.map((line) => line.quantity)).toEqual([2]);
      expect(hand.refusal).toBeNull();
      backend.answers.create_order = (request) => orderView({ id: request.order_id });
      clock.move(2_000);
      await settle();
      const [first, second] = backend.requests('create_order');
      expect(second).toEqual(first);
      expect(hand.pending).toEqual([]);
      expect(announced).toEqual([[12, 2]]);
    });

    it('goes on with the same command after a reload', async () => {
      backend.answers.create_order = (request) => orderView({ id: request.order_id });
      const again = start();
      await again.sender.resume();
      const [first, second] = backend.requests('create_order');
      expect(second).toEqual(first);
      expect(again.drafts.find('order-1')?.batch).toBeNull();
    });

    it('lets more be typed meanwhile and sends it as an addition afterwards', async () => {
      hand.add(wish('limonada'));
      backend.answers.create_order = (request) => orderView({ id: request.order_id });
      backend.answers.add_lines = (request) => orderView({ id: request.order_id });
      await hand.send();
      expect(backend.requests('create_order')[1]?.lines).toHaveLength(1);
      expect(hand.draft?.lines.map((line) => line.product_id)).toEqual(['limonada']);
      await hand.send();
      expect(backend.requests('add_lines')[0]?.lines.map((line) => line.product_id)).toEqual(['limonada']);
    });
  });

  it.each(['database_away', 'unsure'] as const)('keeps the cart and the command through %s', async (code) => {
    backend.answers.create_order = () => {
      throw new CallFailed(code, 'sin base de datos');
    };
    hand.add(wish('ajiaco'));
    expect(await hand.send()).toBe('waiting');
    expect(hand.refusal).toBeNull();
    expect(hand.pending).toHaveLength(1);
    backend.answers.create_order = (request) => orderView({ id: request.order_id });
    clock.move(2_000);
    await settle();
    const [first, second] = backend.requests('create_order');
    expect(second).toEqual(first);
    expect(hand.pending).toEqual([]);
  });

  it('waits for a sign-in in the same way when the session ended', async () => {
    backend.answers.create_order = () => {
      throw new CallFailed('not_signed_in', 'entre de nuevo');
    };
    hand.add(wish('ajiaco'));
    expect(await hand.send()).toBe('waiting');
    expect(hand.pending).toHaveLength(1);
  });

  it('gives refused lines back with the reason, and a changed cart is a new command', async () => {
    backend.answers.create_order = () => {
      throw new CallFailed('sold_out', 'Se agotó el ajiaco.');
    };
    hand.add(wish('ajiaco'));
    hand.add(wish('limonada'));
    expect(await hand.send()).toBe('refused');
    expect(hand.refusal).toBe('Se agotó el ajiaco.');
    expect(hand.draft?.lines.map((line) => line.product_id)).toEqual(['ajiaco', 'limonada']);
    hand.remove(hand.draft?.lines[0]?.id ?? '');
    expect(hand.refusal).toBeNull();
    backend.answers.create_order = (request) => orderView({ id: request.order_id });
    await hand.send();
    const ids = backend.requests('create_order').map((request) => request.command_id);
    expect(new Set(ids).size).toBe(2);
  });

  it('sends once when the button is pressed twice', async () => {
    let answer: () => void = () => undefined;
    backend.answers.create_order = (request) =>
      new Promise((resolve) => {
        answer = () => {
          resolve(orderView({ id: request.order_id }));
        };
      });
    hand.add(wish('ajiaco'));
    const first = hand.send();
    expect(hand.sending).toBe(true);
    await hand.send();
    answer();
    await first;
    expect(backend.requests('create_order')).toHaveLength(1);
    expect(hand.sending).toBe(false);
  });

  it('does not show an answer that belongs to another order', async () => {
    let answer: () => void = () => undefined;
    backend.answers.get_order = (request) => orderView({ id: request.order_id });
    backend.answers.create_order = (request) =>
      new Promise((resolve) => {
        answer = () => {
          resolve(orderView({ id: request.order_id, number: 99 }));
        };
      });
    hand.add(wish('ajiaco'));
    const sent = hand.send();
    await hand.open('order-2', null);
    answer();
    expect(await sent).toBe('sent');
    expect(hand.orderId).toBe('order-2');
    expect(hand.view).toMatchObject({ id: 'order-2', number: 12 });
    expect(hand.drafts.find('order-1')?.batch).toBeNull();
  });

  it('is read again when its lines came from an order by which a station still knows them', async () => {
    const came = ticketView({ id: 'ticket-9', order_id: 'order-8' });
    backend.answers.get_order = () => orderView({ id: 'order-2', tickets: [ticketView(), came] });
    await hand.open('order-2', null);
    const reads = () => backend.requests('get_order').length;
    const before = reads();
    const said = { station_id: 'kitchen', ticket_id: 'ticket-9', paper: null };
    hand.hear({ kind: 'ticket_changed', ...said, order_id: 'order-7' });
    expect(reads()).toBe(before);
    hand.hear({ kind: 'ticket_changed', ...said, order_id: 'order-8' });
    expect(reads()).toBe(before + 1);
    await settle();
  });

  it('stands with its cart where the core says that it stands now', async () => {
    backend.answers.get_order = () => orderView({ id: 'order-2' });
    await hand.open('order-2', null);
    hand.add(wish('ajiaco'));
    const there = { id: 'table-5', name: '5', room: 'Salón' };
    hand.accept(orderView({ id: 'order-2', table: there }));
    expect(hand.draft?.table).toEqual(there);
    await hand.open('order-1', PLACE);
    hand.accept(orderView({ id: 'order-2', table: TABLE }));
    expect(hand.drafts.find('order-2')?.table).toEqual(TABLE);
    expect(hand.orderId).toBe('order-1');
  });

  it('drops from the cart what the core has already, whoever sent it', async () => {
    backend.answers.get_order = () => orderView({ id: 'order-2', lines: [lineView('line-1')] });
    const typed = ['line-1', 'line-2'].map((id) => ({ ...wish('ajiaco'), id }));
    hand.drafts.take('order-2', PLACE, true).lines.push(...typed);
    await hand.open('order-2', null);
    expect(hand.draft?.lines.map((line) => line.id)).toEqual(['line-2']);
  });

  it('says why an order that is gone cannot be opened', async () => {
    backend.answers.get_order = () => {
      throw new CallFailed('unknown_order', 'Ese pedido ya no existe.');
    };
    await hand.open('order-9', null);
    expect(hand.draft).toBeNull();
    expect(hand.problem).toBe('Ese pedido ya no existe.');
  });
});
