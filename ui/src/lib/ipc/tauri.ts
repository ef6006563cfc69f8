// The window shell as a host. The only file that knows Tauri.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Answer, Caller, CommandName, EventSink, Host, Request } from './backend';
import type { EventEnvelope, FileFormat } from './bindings.gen';
import { callFailed, type FailureWords } from './failure';
import type { Starter } from './start';

/** Talks to the core in the same process. */
export class TauriHost implements Host {
  readonly #words: () => FailureWords;

  constructor(words: () => FailureWords) {
    this.#words = words;
  }

  async call<N extends CommandName>(name: N, request: Request<N>, caller: Caller): Promise<Answer<N>> {
    try {
      return await invoke<Answer<N>>(name, { request, ...caller });
    } catch (reason) {
      throw callFailed(reason, this.#words());
    }
  }

  listen(sink: EventSink): () => void {
    let open = true;
    const stop = listen<EventEnvelope>('fastops-event', (event) => {
      if (open) sink.message(event.payload);
    });
    stop.catch(() => {
      if (open) sink.closed();
    });
    return () => {
      open = false;
      void stop.then(
        (off) => {
          off();
        },
        () => undefined,
      );
    };
  }

  async openKitchen(): Promise<void> {
    await invoke('open_kitchen');
  }

  async openGuests(): Promise<void> {
    await invoke('open_guests');
  }

  async saveProducts(format: FileFormat, caller: Caller): Promise<string> {
    try {
      return await invoke<string>('save_products', { request: { format }, ...caller });
    } catch (reason) {
      throw callFailed(reason, this.#words());
    }
  }
}

/** Asks the shell about a start that failed. */
export const tauriStarter: Starter = {
  trouble: () => invoke('get_start_trouble'),
  restore: () => invoke('restore_backup'),
  again: () => invoke('start_again'),
  choices: () => invoke('get_founding_choices'),
  found: (founding) => invoke('found_house', { founding }),
  quit: () => invoke('quit'),
};
