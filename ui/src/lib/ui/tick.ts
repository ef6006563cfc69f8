// How far paper and its station are, in one sign: of a line, of a ticket, of a whole table.

export type Tick =
  | 'none'
  | 'waiting'
  | 'sending'
  | 'sent'
  | 'unconfirmed'
  | 'printed'
  | 'seen'
  | 'ready'
  | 'problem'
  | 'cancelled';

/** The state of the product that a tick belongs to. */
export const TICK_STATE = {
  none: 'calm',
  waiting: 'busy',
  sending: 'busy',
  sent: 'busy',
  unconfirmed: 'warn',
  printed: 'calm',
  seen: 'calm',
  ready: 'calm',
  problem: 'alarm',
  cancelled: 'info',
} as const;
