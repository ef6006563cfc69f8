// Telling the core what somebody wants: the same wish after a lost answer is the same command.

import type { Approval } from './bindings.gen';
import type { Answer, Backend, CommandName, Request } from './backend';
import { Once } from './once';

/** Commands that change something: each has an id, by which the core knows it again. */
export type ChangeName = {
  [N in CommandName]: Request<N> extends { command_id: string } ? N : never;
}[CommandName];

/** What is wanted, without the id under which it is sent. */
export type Wish<N extends ChangeName> = Omit<Request<N>, 'command_id'>;

export class Teller {
  readonly #backend: Backend;
  readonly #once = new Once();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Answers when the core has carried it out, and rejects with the core's sentence when it did not. */
  tell<N extends ChangeName>(name: N, wish: Wish<N>, approval?: Approval | null): Promise<Answer<N>> {
    const request = (id: string) => ({ command_id: id, ...wish }) as unknown as Request<N>;
    return this.#once.run(JSON.stringify([name, wish]), (id) =>
      this.#backend.call(name, request(id), approval),
    );
  }
}
