import { beforeEach, describe, expect, it } from 'vitest';
import { I18n } from '../i18n/i18n.svelte';
import { CallFailed, type Answer, type Caller, type CommandName, type Host, type Request } from './backend';
import type { Approval, SessionView, TerminalView } from './bindings.gen';
import { Credentials } from './credentials';
import { Session } from './session.svelte';
import { HandClock, MemoryStorage, ScriptedBackend } from './testing';

const view = (id: string): SessionView => ({
  user: { id, name: id, role: 'waiter' },
  terminal: { id: 'till-1', name: 'Caja 1' },
  language: 'es',
  permissions: ['see_floor'],
  lock_minutes: 10,
});

describe('a locked screen', () => {
  let core: ScriptedBackend;
  let storage: MemoryStorage;
  let session: Session;

  beforeEach(async () => {
    storage = new MemoryStorage();
    core = new ScriptedBackend({
      log_in: (request) => ({ session: `secret of ${request.user_id}`, view: view(request.user_id) }),
      log_out: () => ({}),
    });
    const host: Host = {
      call: <N extends CommandName>(name: N, request: Request<N>): Promise<Answer<N>> =>
        core.call(name, request),
      listen: () => () => undefined,
      openKitchen: () => Promise.resolve(),
      openGuests: () => Promise.resolve(),
      saveProducts: () => Promise.resolve(null),
    };
    session = new Session(host, new Credentials(storage, 'main'), new I18n(storage), new HandClock());
    await session.signIn('Ana', '4444', 'till-1');
  });

  it('ends the session here and in the core, and knows who comes back', async () => {
    await session.lock();
    expect([session.view, session.lockedBy?.name]).toEqual([null, 'Ana']);
    expect(core.requests('log_out')).toHaveLength(1);
    expect(new Credentials(storage, 'main').session).toBeNull();
  });

  it('is open again for whoever signs in', async () => {
    await session.lock();
    await session.signIn('Luisa', '3333', 'till-1');
    expect([session.view?.user.name, session.lockedBy]).toEqual(['Luisa', null]);
  });

  it('is something else than leaving, and than nobody there', async () => {
    await session.lock();
    await session.lock();
    expect(session.lockedBy?.name).toBe('Ana');
    await session.signIn('Ana', '4444', 'till-1');
    await session.signOut();
    expect(session.lockedBy).toBeNull();
  });
});

describe('the people at the sign-in', () => {
  const branch = (...names: string[]): TerminalView => ({
    company: 'Fonda',
    branch: 'Centro',
    language: 'es',
    currency: { code: 'COP', minor_digits: 2, shown_digits: 0 },
    utc_offset_minutes: -300,
    terminals: [],
    users: names.map((name) => ({ id: name, name, role: 'waiter' })),
    stations: [],
    demo: false,
    version: '1',
  });

  it('are asked for again, and stay as they were when there is no answer', async () => {
    let names: string[] | null = ['Ana'];
    const core = new ScriptedBackend({
      get_terminal: () => {
        if (names === null) throw new CallFailed('link_down', 'Sin conexión.');
        return branch(...names);
      },
    });
    const host: Host = {
      call: <N extends CommandName>(name: N, request: Request<N>): Promise<Answer<N>> =>
        core.call(name, request),
      listen: () => () => undefined,
      openKitchen: () => Promise.resolve(),
      openGuests: () => Promise.resolve(),
      saveProducts: () => Promise.resolve(null),
    };
    const storage = new MemoryStorage();
    const session = new Session(host, new Credentials(storage, 'main'), new I18n(storage), new HandClock());
    await session.meet();
    expect(core.asked, 'the first answer is waited for by the start').toHaveLength(0);
    await session.start();
    names = ['Ana', 'Nora'];
    await session.meet();
    const known = () => session.terminal?.users.map((user) => user.name);
    expect(known()).toEqual(['Ana', 'Nora']);
    names = ['Ana', 'Nora', 'Iván'];
    session.hear({ kind: 'settings_changed' });
    session.hear({ kind: 'stations_changed' });
    await expect.poll(known).toEqual(['Ana', 'Nora', 'Iván']);
    expect(core.requests('get_terminal'), 'once at the start, once for each word of a change').toHaveLength(
      3,
    );
    names = null;
    await session.meet();
    expect(known()).toEqual(['Ana', 'Nora', 'Iván']);
  });
});

describe('somebody else’s leave', () => {
  it('travels beside one call alone, and is asked for where the role lacks the permission', async () => {
    const callers: (Approval | null)[] = [];
    const host: Host = {
      call: <N extends CommandName>(name: N, _: Request<N>, caller: Caller): Promise<Answer<N>> => {
        callers.push(caller.approval ?? null);
        const answer =
          name === 'get_approvers' ? { people: [{ id: 'j', name: 'Jorge', role: 'manager' }] } : {};
        return Promise.resolve(answer as Answer<N>);
      },
      listen: () => () => undefined,
      openKitchen: () => Promise.resolve(),
      openGuests: () => Promise.resolve(),
      saveProducts: () => Promise.resolve(null),
    };
    const storage = new MemoryStorage();
    const session = new Session(host, new Credentials(storage, 'main'), new I18n(storage), new HandClock());
    const by = { user_id: 'j', pin: '2222' };
    const request = { command_id: 'c', order_id: 'o' };
    await session.backend.call('mark_urgent', request, by);
    await session.backend.call('mark_urgent', request);
    expect(callers).toEqual([by, null]);
    const approvers = await session.approversOf('void_line')?.();
    expect(approvers?.map((one) => one.name)).toEqual(['Jorge']);
    const user = { id: 'l', name: 'Luisa', role: 'cashier' as const };
    const terminal = { id: 't', name: 'Caja' };
    session.view = { user, terminal, language: 'es', permissions: ['void_line'], lock_minutes: 10 };
    expect(session.approversOf('void_line')).toBeNull();
    expect(session.approversOf('open_drawer')).not.toBeNull();
  });
});
