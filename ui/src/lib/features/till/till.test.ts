import { beforeEach, describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type { CashCountView, CashSessionView } from '../../ipc/bindings.gen';
import { HandClock, MemoryStorage, ScriptedBackend } from '../../ipc/testing';
import { ASK_AGAIN_MS, Till } from './till.svelte';

const COUNT: CashCountView = {
  at: 2_000,
  by: 'Luisa',
  counted_minor: 90,
  expected_minor: 100,
  difference_minor: -10,
  note: null,
};

function drawer(id: string, closed: CashCountView | null = null): CashSessionView {
  return {
    id,
    number: 1,
    terminal: 'Caja 1',
    opened_at: 1_000,
    opened_by: 'Luisa',
    float_minor: 100,
    closed,
    orders: 0,
    net_minor: 0,
    taxes: [],
    total_minor: 0,
    methods: [],
    moved_in_minor: 0,
    moved_out_minor: 0,
    moves: [],
  };
}

describe('a till', () => {
  /** What the core has. */
  let open: CashSessionView | null;
  let counted: CashSessionView[];
  let backend: ScriptedBackend;
  let storage: MemoryStorage;
  let till: Till;

  beforeEach(() => {
    [open, counted] = [null, []];
    backend = new ScriptedBackend({
      get_cash_session: ({ session_id }) => {
        if (session_id === null) return { session: open };
        const session = counted.find((one) => one.id === session_id);
        if (!session) throw new CallFailed('till_moved', 'Esa caja no existe.');
        return { session };
      },
      open_cash_session: ({ session_id }) => (open = drawer(session_id)),
      move_cash: ({ session_id, amount_minor }) => {
        if (open?.id !== session_id) throw new CallFailed('till_moved', 'La caja 1 ya se contó.');
        return (open = { ...open, moved_in_minor: amount_minor });
      },
      close_cash_session: ({ session_id }) => {
        const session = drawer(session_id, COUNT);
        [open, counted] = [null, [session]];
        return session;
      },
    });
    storage = new MemoryStorage();
    till = new Till(backend, storage, 'terminal-1');
  });

  /** What somebody does at another window. */
  const elsewhere = {
    open: (id: string) => {
      open = drawer(id);
    },
    close: (id: string) => {
      [open, counted] = [null, [drawer(id, COUNT)]];
    },
  };

  it('shows what the core answers, from its float to its count', async () => {
    await till.read();
    expect([till.session, till.last]).toEqual([null, null]);
    await till.open(100);
    const { session } = till;
    expect(session?.float_minor).toBe(100);
    if (!session) return;
    await till.move(session, 'in', 5, 'Más cambio');
    expect(till.session?.moved_in_minor).toBe(5);
    await till.close(session, 90, 'Faltó un vuelto');
    expect([till.session, till.last?.closed?.difference_minor]).toEqual([null, -10]);
    expect(till.moved).toBeNull();
    expect(backend.requests('close_cash_session')[0]).toMatchObject({
      counted_minor: 90,
      note: 'Faltó un vuelto',
    });
  });

  it('sends the same command for the same session when its answer was lost', async () => {
    await till.read();
    const { open_cash_session } = backend.answers;
    backend.answers.open_cash_session = () => {
      throw new CallFailed('link_down', 'Sin conexión.');
    };
    await expect(till.open(100)).rejects.toThrow('Sin conexión.');
    if (open_cash_session) backend.answers.open_cash_session = open_cash_session;
    await till.open(100);
    const [lost, kept] = backend.requests('open_cash_session');
    expect(kept).toEqual(lost);
  });

  it('says who opened or counted it meanwhile, and no more of it after the next act', async () => {
    await till.read();
    expect(till.moved).toBeNull();
    elsewhere.open('other');
    await till.read();
    expect(till.moved).toMatchObject({ how: 'opened', session: { id: 'other' } });
    elsewhere.close('other');
    await till.read();
    expect(till.moved).toMatchObject({ how: 'closed', session: { id: 'other', closed: { by: 'Luisa' } } });
    expect(till.last?.id).toBe('other');
    await till.open(100);
    expect(till.moved).toBeNull();
  });

  it('does not take its own act for somebody else’s, though it is read meanwhile', async () => {
    await till.read();
    let answer: () => void = () => undefined;
    backend.answers.open_cash_session = ({ session_id }) =>
      new Promise((resolve) => {
        open = drawer(session_id);
        answer = () => {
          resolve(drawer(session_id));
        };
      });
    const opening = till.open(100);
    await expect.poll(() => backend.requests('open_cash_session').length).toBe(1);
    await till.read();
    expect(till.session).not.toBeNull();
    expect(till.moved).toBeNull();
    answer();
    await opening;
    expect(till.moved).toBeNull();
  });

  it('shows what is true when somebody was quicker', async () => {
    await till.read();
    await till.open(100);
    const { session } = till;
    if (!session) throw new Error('it is not open');
    elsewhere.close(session.id);
    await expect(till.move(session, 'out', 5, 'A la caja fuerte')).rejects.toThrow('ya se contó');
    expect([till.session, till.last?.id]).toEqual([null, session.id]);
    expect(till.moved?.how).toBe('closed');
  });

  it('remembers the last count over a new start, of its own terminal and its own house', async () => {
    elsewhere.open('first');
    await till.read();
    elsewhere.close('first');
    const later = new Till(backend, storage, 'terminal-1');
    await later.read();
    expect(later.last?.id).toBe('first');
    expect(later.moved).toBeNull();
    const neighbour = new Till(backend, storage, 'terminal-2');
    await neighbour.read();
    expect(neighbour.last).toBeNull();
    counted = [];
    const moved = new Till(backend, storage, 'terminal-1');
    await moved.read();
    expect([moved.last, moved.kept.problem]).toEqual([null, null]);
  });

  it('says why it cannot be shown', async () => {
    backend.answers.get_cash_session = () => {
      throw new CallFailed('link_down', 'Sin conexión.');
    };
    await till.read();
    expect(till.kept.problem).toBe('Sin conexión.');
  });

  it('is read again and again while it is followed, since the core does not say by itself', async () => {
    const clock = new HandClock();
    const stop = till.follow(clock);
    await expect.poll(() => till.kept.value).not.toBeNull();
    elsewhere.open('other');
    clock.move(ASK_AGAIN_MS);
    await expect.poll(() => till.session?.id).toBe('other');
    stop();
    const asked = backend.asked.length;
    clock.move(3 * ASK_AGAIN_MS);
    expect(backend.asked.length).toBe(asked);
  });
});
