// The demonstration's own commands: its simulated printers and the paper that came out of them.

export type { DemoCommands, DemoCondition, DemoPrinter, DemoSlip } from './bindings.gen';
