// The five states of the product. Each has its colour, its shape and its word.

export type State = 'calm' | 'busy' | 'warn' | 'alarm' | 'info';
