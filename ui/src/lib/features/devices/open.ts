// Which sheet of the page of printers and stations is open, and what it is about.

import type { DeviceView, StationChain, TerminalPrinter } from '../../ipc/bindings.gen';

export type Open =
  /** `tries`: a printer that is added so is tried out at once. */
  (
    | { sheet: 'device'; device: DeviceView | null; tries?: boolean }
    | { sheet: 'remove'; device: DeviceView }
    | { sheet: 'owners'; device: DeviceView }
    | { sheet: 'chain'; chain: StationChain }
    | { sheet: 'station'; station: StationChain | null }
    | { sheet: 'station-order' }
    | { sheet: 'close-station'; station: StationChain }
    | { sheet: 'beside'; terminal: TerminalPrinter }
    | { sheet: 'mail' }
    | { sheet: 'tryout'; begin: { at: 'find' } | { at: 'page' | 'stations'; deviceId: string } }
    | { sheet: 'check' }
    | { sheet: 'trace' }
    | { sheet: 'findings' }
  ) & {
    /** It was opened to mend something, and leads back to what else is to be mended. */
    mends?: boolean;
  };
