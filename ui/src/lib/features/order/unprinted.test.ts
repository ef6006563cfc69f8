import { describe, expect, it } from 'vitest';
import type { FloorView, OrderStatus, OrderSummary, StationPulse, StuckJob } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { NOBODY } from './contact';
import { orderView, ticketView } from './testing';
import { MOST_ORDERS, rowsOf, Unprinted, unproved, waitingOf } from './unprinted.svelte';

function pulse(fields: Partial<StationPulse>): StationPulse {
  return {
    station_id: 'bar',
    station: 'Bar',
    state: 'busy',
    has_printer: true,
    stand_in: null,
    waiting: 1,
    failed: 0,
    oldest_ms: 0,
    to_paper_ms: 900,
    ready_in_minutes: null,
    cause: null,
    problem: null,
    ...fields,
  };
}

function summary(id: string, status: OrderStatus, last_action_at: number): OrderSummary {
  const rest = {
    customer: null,
    covers: null,
    waiter: 'Ana',
    urgent: false,
    next_course: null,
    total_minor: 0,
    opened_at: 0,
    waiting_since: null,
    contact: NOBODY,
    stage: 'making' as const,
    handed_over: null,
  };
  return { id, number: 1, order_type: 'dine_in', taken_as: 'dine_in', status, last_action_at, ...rest };
}

function floorOf(...orders: OrderSummary[]): FloorView {
  const table = { id: 't', name: '1', seats: 4, x: 0, y: 0, width: 1, height: 1, shape: 'round' as const };
  const [first, ...others] = orders;
  return {
    rooms: [{ id: 'r', name: 'Salón', tables: [{ ...table, orders: first ? [first] : [] }] }],
    others,
    now: 0,
  };
}

describe('the badge of what is not printed', () => {
  it.each([
    ['nothing waits', [pulse({ waiting: 0, oldest_ms: null })], 0, false, false],
    ['some failed', [pulse({ waiting: 0, failed: 2, oldest_ms: null })], 2, true, true],
    ['paper is on its usual way', [pulse({}), pulse({ waiting: 3, oldest_ms: 4_000 })], 4, false, false],
    ['it takes long', [pulse({ waiting: 3, oldest_ms: 5_001 })], 3, true, false],
    ['there is a cause', [pulse({ waiting: 2, cause: 'paper_out' })], 2, true, true],
    ['a cause keeps nothing waiting', [pulse({ waiting: 0, cause: 'paper_out' })], 0, false, false],
  ])('when %s', (_, pulses, tickets, told, stuck) => {
    expect(waitingOf(pulses, 0)).toEqual({ tickets, papers: 0, told, stuck });
  });

  it('when a bill failed', () => {
    expect(waitingOf([pulse({})], 1)).toEqual({ tickets: 1, papers: 1, told: true, stuck: true });
  });
});

describe('the tickets that are not printed', () => {
  it('are those of orders that are not proved, problems first, then the oldest', () => {
    const floor = floorOf(
      summary('printed', 'printed', 1),
      summary('young', 'queued', 9),
      summary('stuck', 'blocked', 8),
      summary('old', 'printing', 2),
      summary('seen', 'preparing', 1),
    );
    expect(unproved(floor)).toEqual(['stuck', 'old', 'young']);
  });

  it('are every open ticket of them and no other, problems first, then the oldest', () => {
    const ticket = (id: string, created_at: number, fields: Parameters<typeof ticketView>[0] = {}) =>
      ticketView({ id, created_at, ...fields });
    const stuck = { es: 'Sin papel', en: 'No paper' };
    const orders = [
      orderView({ id: 'a', tickets: [ticket('done', 0, { job: 'printed' }), ticket('late', 5)] }),
      orderView({
        id: 'b',
        tickets: [ticket('early', 1), ticket('blocked', 7, { job: 'blocked', problem: stuck })],
      }),
    ];
    expect(rowsOf(orders).map((row) => [row.ticket.id, row.order.id])).toEqual([
      ['blocked', 'b'],
      ['early', 'b'],
      ['late', 'a'],
    ]);
  });

  it('are asked for once for all that happens while they are being asked for', async () => {
    const answers: (() => void)[] = [];
    const backend = new ScriptedBackend({
      get_order: (request) =>
        new Promise((answer) => {
          answers.push(() => {
            answer(orderView({ id: request.order_id, tickets: [ticketView()] }));
          });
        }),
    });
    const unprinted = new Unprinted(backend);
    const first = unprinted.read(floorOf(summary('a', 'queued', 1)));
    void unprinted.read(floorOf(summary('b', 'queued', 1)));
    void unprinted.read(floorOf(summary('c', 'queued', 1)));
    answers[0]?.();
    while (answers.length < 2) await Promise.resolve();
    answers[1]?.();
    await first;
    expect(backend.requests('get_order').map((one) => one.order_id)).toEqual(['a', 'c']);
    expect(unprinted.rows?.map((row) => row.order.id)).toEqual(['c']);
  });

  it('are no more than a person can see to', async () => {
    const backend = new ScriptedBackend({ get_order: (request) => orderView({ id: request.order_id }) });
    const many = Array.from({ length: 50 }, (_, n) => summary(`o${String(n)}`, 'queued', n));
    await new Unprinted(backend).read(floorOf(...many));
    expect(backend.requests('get_order')).toHaveLength(MOST_ORDERS);
  });

  it('say why they are not known, and stay when they were', async () => {
    const backend = new ScriptedBackend({});
    const unprinted = new Unprinted(backend);
    await unprinted.read(floorOf(summary('a', 'queued', 1)));
    expect(unprinted.problem).not.toBeNull();
    backend.answers = { get_order: () => orderView({ tickets: [ticketView()] }) };
    await unprinted.read(floorOf(summary('a', 'queued', 1)));
    backend.answers = {};
    await unprinted.read(floorOf(summary('a', 'queued', 1)));
    expect([unprinted.problem, unprinted.rows?.length]).toEqual([null, 1]);
  });
});

describe('the papers that are not printed', () => {
  const job = (fields: Partial<StuckJob>) => ({ ticket_id: null, state: 'failed', ...fields }) as StuckJob;

  it('are those of no station that failed, and stay when they cannot be asked', async () => {
    const bill = job({ job_id: 'bill', kind: 'pre_bill' });
    const backend = new ScriptedBackend({
      list_stuck_jobs: () => ({
        jobs: [job({ ticket_id: 't' }), bill, job({ state: 'blocked' })],
        more: false,
        now: 0,
      }),
    });
    const unprinted = new Unprinted(backend);
    await unprinted.readPapers();
    expect(unprinted.papers).toEqual([bill]);
    backend.answers.list_stuck_jobs = () => Promise.reject(new Error('no link'));
    await unprinted.readPapers();
    expect(unprinted.papers).toEqual([bill]);
  });
});
