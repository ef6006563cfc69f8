// Telling the core what somebody wants of the menu: the same wish after a lost answer is the same command.

import type { Backend, Request } from '../../ipc/backend';
import { Once } from '../../ipc/once';

export type Wish<N extends Parameters<Backend['call']>[0]> = Omit<Request<N>, 'command_id'>;

export class Teller {
  readonly #backend: Backend;
  readonly #once = new Once();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Answers when the core has carried it out, and rejects with the core's sentence when it did not. */
  tell<N extends Parameters<Backend['call']>[0]>(name: N, wish: Wish<N>) {
    const request = (id: string) => ({ command_id: id, ...wish }) as unknown as Request<N>;
    return this.#once.run(JSON.stringify([name, wish]), (id) => this.#backend.call(name, request(id)));
  }
}
