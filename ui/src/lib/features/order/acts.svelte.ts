// What is done about tickets with one tap: by whoever may, or once somebody who may has typed their PIN.

import { sentenceOf } from '../../ipc/backend';
import type { Approval, Permission } from '../../ipc/bindings.gen';
import { Once } from '../../ipc/once';
import type { Approvers } from '../../ui/approval';
import type { Toasts } from '../../ui/toasts.svelte';

export interface Act {
  /** The same for the same act on the same thing. */
  what: string;
  title: string;
  permission: Permission;
  run: (commandId: string, by: Approval | null) => Promise<unknown>;
  /** What is said when it is done. */
  said: string;
}

/** Says who may approve what, where somebody has to. */
interface Leaves {
  approversOf(permission: Permission): Approvers | null;
}

export class Acts {
  /** The act that waits for somebody's leave. */
  asked = $state.raw<{ act: Act; approvers: Approvers } | null>(null);
  readonly #session: Leaves;
  readonly #toasts: Pick<Toasts, 'show'>;
  readonly #ondone: () => void;
  readonly #once = new Once();

  constructor(session: Leaves, toasts: Pick<Toasts, 'show'>, ondone: () => void = () => undefined) {
    this.#session = session;
    this.#toasts = toasts;
    this.#ondone = ondone;
  }

  /** Does it, or asks for somebody's leave first; what goes wrong is said where the eye is. */
  async start(act: Act): Promise<void> {
    const approvers = this.#session.approversOf(act.permission);
    if (approvers !== null) {
      this.asked = { act, approvers };
      return;
    }
    try {
      await this.#carryOut(act, null);
    } catch (error) {
      this.#toasts.show('alarm', sentenceOf(error));
    }
  }

  /** Does what was asked for; rejects with the core's sentence, and it is still asked for. */
  async approve(by: Approval): Promise<void> {
    if (this.asked !== null) await this.#carryOut(this.asked.act, by);
  }

  drop(): void {
    this.asked = null;
  }

  async #carryOut(act: Act, by: Approval | null): Promise<void> {
    await this.#once.run(act.what, (id) => act.run(id, by));
    this.#toasts.show('calm', act.said);
    this.#ondone();
  }
}
