/** What a sheet of the till asks for. */
export type Ask = 'open' | 'in' | 'out' | 'close';
