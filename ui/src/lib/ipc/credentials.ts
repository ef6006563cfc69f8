// Which window this is, and what it keeps between starts: its session and the terminal that it stands for.

/** The main window and the kitchen's sign in apart, also when one browser shows both; nobody signs in at the guests'. */
export type WindowRole = 'main' | 'kitchen' | 'guest';

export function windowRole(pathname: string): WindowRole {
  if (pathname.startsWith('/guest')) return 'guest';
  return pathname.startsWith('/kitchen') ? 'kitchen' : 'main';
}

/**
 * Windows that ask the core for nothing: that of a start that failed has none behind it, and the guests' shows what
 * the main window of this computer tells it.
 */
export function isWithoutCore(pathname: string): boolean {
  return pathname.startsWith('/start') || windowRole(pathname) === 'guest';
}

export class Credentials {
  readonly #storage: Storage;
  readonly #sessionKey: string;
  readonly #terminalKey: string;

  constructor(storage: Storage, role: WindowRole) {
    this.#storage = storage;
    this.#sessionKey = `fastops.session.${role}`;
    this.#terminalKey = `fastops.terminal.${role}`;
  }

  get session(): string | null {
    return this.#storage.getItem(this.#sessionKey);
  }

  set session(session: string | null) {
    if (session === null) this.#storage.removeItem(this.#sessionKey);
    else this.#storage.setItem(this.#sessionKey, session);
  }

  get terminalId(): string | null {
    return this.#storage.getItem(this.#terminalKey);
  }

  set terminalId(id: string | null) {
    if (id === null) this.#storage.removeItem(this.#terminalKey);
    else this.#storage.setItem(this.#terminalKey, id);
  }
}
