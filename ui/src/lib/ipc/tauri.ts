// The window shell as a host. The only file that knows Tauri.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Answer, Caller, CommandName, EventSink, Host, Request } from './backend';
import type { EventEnvelope, FileFormat } from './bindings.gen';
import { callFailed, type FailureWords } from './failure';
import type { Shell, Standing } from './shell';
import type { Starter } from './start';

/** Hears one of the shell's events until `end` is called. `begun` is when none is missed any more. */
function hear<T>(event: string, take: (payload: T) => void): { begun: Promise<unknown>; end: () => void } {
  let open = true;
  const begun = listen<T>(event, ({ payload }) => {
    if (open) take(payload);
  });
  const end = () => {
    open = false;
    void begun.then(
      (off) => {
        off();
      },
      () => undefined,
    );
  };
  return { begun, end };
}

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
    const { begun, end } = hear<EventEnvelope>('fastops-event', (envelope) => {
      sink.message(envelope);
    });
    begun.catch(() => {
      if (open) sink.closed();
    });
    return () => {
      open = false;
      end();
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

/** The windows as the shell has them. */
export const tauriShell: Shell = {
  canFill: true,

  watch(tell) {
    let told = false;
    const take = (standings: readonly Standing[]) => {
      told = true;
      tell(standings);
    };
    const { begun, end } = hear('fastops-windows', take);
    // What comes as an event meanwhile is newer than this answer.
    const ask = async () => {
      await begun;
      const standings = await invoke<readonly Standing[]>('get_windows');
      if (!told) take(standings);
    };
    ask().catch(() => undefined);
    return () => {
      told = true;
      end();
    };
  },

  offerKitchen: () => invoke('offer_kitchen'),
  attend: () => invoke('attend_window'),
  turnFullScreen: () => invoke('turn_full_screen'),
};
