// What can lie over the board.

export type Opened = 'sums' | 'done' | 'ticket' | 'menu' | 'keys';
