// Somebody else's leave for one act, given with their PIN on the same screen.

import type { Catalogue } from '../i18n/es';

/** Somebody who may approve it. */
export interface Approver {
  id: string;
  name: string;
  role: keyof Catalogue['session']['roles'];
}

/** Asks who may. */
export type Approvers = () => Promise<readonly Approver[]>;

/** Who approves, and the PIN that proves it. */
export interface Leave {
  user_id: string;
  pin: string;
}
