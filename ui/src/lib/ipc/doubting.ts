// A host whose unanswered readings are known to the live connection, so that a screen which could not read repairs
// itself: without that it would wait for an event that may never come.

import { isUnanswered, type Answer, type Caller, type CommandName, type Host, type Request } from './backend';
import type { Live } from './live.svelte';

function reads(name: CommandName): boolean {
  return name.startsWith('get_') || name.startsWith('list_') || name.startsWith('find_');
}

/** `host`, with `live` told of each reading that got no answer. */
export function doubting(host: Host, live: () => Pick<Live, 'doubt'>): Host {
  return {
    listen: (sink) => host.listen(sink),
    openKitchen: () => host.openKitchen(),
    openGuests: () => host.openGuests(),
    saveProducts: (format, caller) => host.saveProducts(format, caller),
    async call<N extends CommandName>(name: N, request: Request<N>, caller: Caller): Promise<Answer<N>> {
      try {
        return await host.call(name, request, caller);
      } catch (error) {
        if (reads(name) && isUnanswered(error)) live().doubt();
        throw error;
      }
    },
  };
}
