// Who works here: the branch, the person signed in, what they may do, and the language they read.

import { createContext } from 'svelte';
import type { I18n, Language } from '../i18n/i18n.svelte';
import { CallFailed, sentenceOf, type Backend, type Caller, type Host } from './backend';
import type { Event, Permission, SessionView, TerminalView, UserRef } from './bindings.gen';
import type { Credentials } from './credentials';
import type { Timers } from './timers';

const START_RETRY_MS = 1_000;

export class Session {
  /** The branch, its people and stations; none until the core has answered once. */
  terminal = $state.raw<TerminalView | null>(null);
  /** Who is signed in. */
  view = $state.raw<SessionView | null>(null);
  /** Whether it is known yet if someone is signed in. */
  ready = $state(false);
  /** Why the start is still waiting, as a sentence. */
  startProblem = $state<string | null>(null);
  /** Whether the last session ended by itself. */
  ended = $state(false);
  /** Who locked the screen; whoever comes back only types a PIN. */
  lockedBy = $state.raw<UserRef | null>(null);

  readonly backend: Backend;
  readonly #host: Host;
  readonly #credentials: Credentials;
  readonly #i18n: I18n;
  readonly #timers: Timers;

  constructor(host: Host, credentials: Credentials, i18n: I18n, timers: Timers) {
    this.#host = host;
    this.#credentials = credentials;
    this.#i18n = i18n;
    this.#timers = timers;
    /** Does something as whoever is signed in, and learns when nobody is any more. */
    const as = async <T>(work: (caller: Caller) => Promise<T>): Promise<T> => {
      const session = this.#credentials.session;
      try {
        return await work({ session, language: i18n.language });
      } catch (error) {
        if (error instanceof CallFailed && error.code === 'not_signed_in') this.#expire(session);
        throw error;
      }
    };
    this.backend = {
      call: (name, request, approval) =>
        as((caller) => host.call(name, request, approval ? { ...caller, approval } : caller)),
      saveProducts: (format) => as((caller) => host.saveProducts(format, caller)),
      openKitchen: () => host.openKitchen(),
      openGuests: () => host.openGuests(),
    };
  }

  get terminalId(): string | null {
    const all = this.terminal?.terminals ?? [];
    const kept = this.#credentials.terminalId;
    if (all.some((one) => one.id === kept)) return kept;
    return all.length === 1 ? (all[0]?.id ?? null) : null;
  }

  chooseTerminal(id: string): void {
    this.#credentials.terminalId = id;
  }

  can(permission: Permission): boolean {
    return this.view?.permissions.includes(permission) ?? false;
  }

  /** Asks who may approve what this person may not do alone; none for what they may do. */
  approversOf(permission: Permission): (() => Promise<UserRef[]>) | null {
    if (this.can(permission)) return null;
    return async () => (await this.backend.call('get_approvers', { permission })).people;
  }

  /** Asks until the core answers, then goes on with the session kept from before, if it still holds. */
  async start(): Promise<void> {
    for (;;) {
      try {
        await this.#begin();
        this.startProblem = null;
        this.ready = true;
        return;
      } catch (error) {
        this.startProblem = sentenceOf(error);
        await new Promise<void>((resolve) => this.#timers.after(START_RETRY_MS, resolve));
      }
    }
  }

  async signIn(userId: string, pin: string, terminalId: string): Promise<void> {
    const caller = { session: null, language: this.#i18n.language };
    const request = { user_id: userId, pin, terminal_id: terminalId };
    const answer = await this.#host.call('log_in', request, caller);
    this.#credentials.session = answer.session;
    this.#credentials.terminalId = terminalId;
    this.ended = false;
    this.lockedBy = null;
    this.#welcome(answer.view);
  }

  /** Leaves, and remembers who it was, so that coming back is a PIN away. The screen stays where it is. */
  async lock(): Promise<void> {
    const user = this.view?.user ?? null;
    if (user === null) return;
    const left = this.signOut();
    this.lockedBy = user;
    await left;
  }

  /** Leaves at once on this screen; the core is told as soon as it listens. */
  async signOut(): Promise<void> {
    const caller = { session: this.#credentials.session, language: this.#i18n.language };
    this.lockedBy = null;
    this.#leave();
    // The screen is safe already; a core that cannot be reached ends the session by its own rule.
    await this.#host.call('log_out', {}, caller).catch(() => undefined);
  }

  /** Changes the language at once, for the person signed in or for the sign-in screen. */
  speak(language: Language): void {
    this.#i18n.choose(language, this.view?.user.id ?? '');
  }

  /**
   * Asks again who works here and which stations there are: the sign-in lets nobody in who is gone, and shows whoever is
   * new.
   */
  async meet(): Promise<void> {
    if (this.terminal === null) return;
    // Without an answer the sign-in shows whom it knew; the core checks whoever is tapped.
    const terminal = await this.backend.call('get_terminal', {}).catch(() => null);
    if (terminal !== null) this.terminal = terminal;
  }

  /**
   * Hears that stations, settings or somebody's permissions changed: asks what there is, what this person may do now, and
   * what holds at this terminal.
   */
  hear(event: Event): void {
    if (event.kind === 'stations_changed') void this.meet();
    const concerned = event.kind === 'permissions_changed' || event.kind === 'settings_changed';
    if (!concerned || this.view === null) return;
    // Whoever was signed out meanwhile is told so by the call itself.
    void this.backend
      .call('get_session', {})
      .then((view) => {
        if (this.view?.user.id === view.user.id) this.view = view;
      })
      .catch(() => undefined);
  }

  async #begin(): Promise<void> {
    const terminal = await this.backend.call('get_terminal', {});
    this.#i18n.currency = terminal.currency;
    this.terminal = terminal;
    this.#i18n.follow('', terminal.language);
    if (this.#credentials.session === null) return;
    try {
      this.#welcome(await this.backend.call('get_session', {}));
    } catch (error) {
      if (error instanceof CallFailed && error.code === 'not_signed_in') return;
      throw error;
    }
  }

  #welcome(view: SessionView): void {
    this.view = view;
    this.#i18n.follow(view.user.id, view.language);
  }

  #expire(session: string | null): void {
    // A late answer to an older session must not end the one that began since.
    if (session !== this.#credentials.session) return;
    this.ended = this.view !== null;
    this.#leave();
  }

  #leave(): void {
    this.#credentials.session = null;
    this.view = null;
    this.#i18n.follow('', this.terminal?.language ?? this.#i18n.language);
  }
}

export const [getSession, setSession] = createContext<Session>();
