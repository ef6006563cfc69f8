// What every screen may ask of the core, whichever host carries it.

import { createContext } from 'svelte';
import type { Approval, Commands, EventEnvelope, FailureCode, FileFormat } from './bindings.gen';
import type { DemoCommands } from './demo';

type All = Commands & DemoCommands;
export type CommandName = keyof All;
export type Request<N extends CommandName> = All[N]['request'];
export type Answer<N extends CommandName> = All[N]['answer'];

/** `link_down`: no answer came, so nobody knows here whether the command was carried out. */
export type CallFailedCode = FailureCode | 'link_down';

/** A command that was refused or that got no answer. `message` is a sentence for a person. */
export class CallFailed extends Error {
  readonly code: CallFailedCode;

  constructor(code: CallFailedCode, message: string) {
    super(message);
    this.name = 'CallFailed';
    this.code = code;
  }
}

/** What travels beside every command. */
export type Caller = { session: string | null; language: 'es' | 'en'; approval?: Approval };

/** Where one connection's events go. */
export type EventSink = { message(envelope: EventEnvelope): void; closed(): void };

/** One way to reach the core: the window shell or HTTP. */
export interface Host {
  call<N extends CommandName>(name: N, request: Request<N>, caller: Caller): Promise<Answer<N>>;
  /** Opens one connection for events; the function returned closes it. */
  listen(sink: EventSink): () => void;
  /** Opens the kitchen's window, or brings it to the front. */
  openKitchen(): Promise<void>;
  /** Opens the guests' window, or brings it to the front. */
  openGuests(): Promise<void>;
  /** Gives whoever sits here every product as a file; answers where it lies, when that is not the browser's affair. */
  saveProducts(format: FileFormat, caller: Caller): Promise<string | null>;
}

/** What features hold: commands that carry the session by themselves. */
export interface Backend {
  /** `approval` is somebody else's leave for this one call. */
  call<N extends CommandName>(name: N, request: Request<N>, approval?: Approval | null): Promise<Answer<N>>;
  openKitchen(): Promise<void>;
  openGuests(): Promise<void>;
  saveProducts(format: FileFormat): Promise<string | null>;
}

export const [getBackend, setBackend] = createContext<Backend>();

/** The failure as a sentence, for any error that a call can throw. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Whether nobody said no: the answer never came, its fate is not known, or the database is away. The same command,
 * with the same id, goes out again until there is an answer.
 */
export function isUnanswered(error: unknown): boolean {
  return error instanceof CallFailed && UNANSWERED.has(error.code);
}

const UNANSWERED: ReadonlySet<CallFailedCode> = new Set(['link_down', 'database_away', 'unsure']);
