// The HTTP host: commands as POST, events over one WebSocket. The only file that opens a connection.

import {
  CallFailed,
  type Answer,
  type Caller,
  type CommandName,
  type EventSink,
  type Host,
  type Request as Ask,
} from './backend';
import { fromBase64 } from './bytes';
import type { EventEnvelope, FileFormat } from './bindings.gen';
import { callFailed, type FailureWords } from './failure';

const TOKEN_KEY = 'fastops.token';
/** How long a command may take before the screen stops waiting. */
const CALL_TIMEOUT_MS = 10_000;
/** What takes longer: asking printers, one after the other, and files of products. */
const SLOW_CALLS_MS: Readonly<Record<string, number>> = {
  find_printers: 45_000,
  probe_printer: 30_000,
  // Ten thousand products take a while on the way and on the disk.
  export_products: 60_000,
  preview_import: 60_000,
  import_products: 60_000,
};

/** Takes the host's token out of the address bar and keeps it, or gives the one kept before. */
export function takeToken(location: Location, history: History, storage: Storage): string {
  const address = new URL(location.href);
  const given = address.searchParams.get('token');
  if (given !== null) {
    storage.setItem(TOKEN_KEY, given);
    address.searchParams.delete('token');
    history.replaceState(history.state, '', address);
  }
  return given ?? storage.getItem(TOKEN_KEY) ?? '';
}

/** Talks to the host that served this page. */
export class HttpHost implements Host {
  readonly #token: string;
  readonly #words: () => FailureWords;

  constructor(token: string, words: () => FailureWords) {
    this.#token = token;
    this.#words = words;
  }

  async call<N extends CommandName>(name: N, request: Ask<N>, caller: Caller): Promise<Answer<N>> {
    const response = await this.#send(name, request, caller);
    const body = await this.#read(response);
    if (!response.ok) throw callFailed(body, this.#words());
    return body as Answer<N>;
  }

  listen(sink: EventSink): () => void {
    const address = new URL('/api/v1/events', window.location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    address.searchParams.set('token', this.#token);
    const socket = new WebSocket(address);
    socket.onmessage = (message) => {
      sink.message(JSON.parse(String(message.data)) as EventEnvelope);
    };
    socket.onclose = () => {
      sink.closed();
    };
    return () => {
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    };
  }

  openKitchen(): Promise<void> {
    window.open('/kitchen', 'fastops-kitchen');
    return Promise.resolve();
  }

  openGuests(): Promise<void> {
    window.open('/guest', 'fastops-guest');
    return Promise.resolve();
  }

  async saveProducts(format: FileFormat, caller: Caller): Promise<null> {
    const { name, bytes } = await this.call('export_products', { format }, caller);
    const blob = new Blob([fromBase64(bytes)], { type: 'application/octet-stream' });
    const address = URL.createObjectURL(blob);
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    // The browser has taken hold of it by then.
    setTimeout(() => {
      URL.revokeObjectURL(address);
    }, 60_000);
    return null;
  }

  async #send(name: string, request: unknown, caller: Caller): Promise<Response> {
    const headers: Record<string, string> = {
      'Content-Type': 'application/json',
      'Accept-Language': caller.language,
      Authorization: `Bearer ${this.#token}`,
    };
    if (caller.session !== null) headers['FastOps-Session'] = caller.session;
    if (caller.approval) {
      headers['FastOps-Approver'] = caller.approval.user_id;
      headers['FastOps-Approver-Pin'] = caller.approval.pin;
    }
    try {
      return await fetch(`/api/v1/${name}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(request),
        signal: AbortSignal.timeout(SLOW_CALLS_MS[name] ?? CALL_TIMEOUT_MS),
      });
    } catch (error) {
      const slow = error instanceof DOMException && error.name === 'TimeoutError';
      throw new CallFailed('link_down', slow ? this.#words().slow : this.#words().link);
    }
  }

  async #read(response: Response): Promise<unknown> {
    let text: string;
    try {
      text = await response.text();
    } catch {
      throw new CallFailed('link_down', this.#words().link);
    }
    try {
      return JSON.parse(text) as unknown;
    } catch {
      // A gateway or a stopping host says something else than the core would: nobody knows what happened.
      if (response.status >= 500) throw new CallFailed('link_down', this.#words().link);
      const token = response.status === 401 || response.status === 403;
      throw new CallFailed('internal', token ? this.#words().token : this.#words().odd);
    }
  }
}
