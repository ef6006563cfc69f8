// Which host carries the commands: the window shell when it is there, HTTP otherwise.

import type { Host } from './backend';
import { browserShell } from './browser-shell';
import type { FailureWords } from './failure';
import { HttpHost, takeToken } from './http';
import type { Shell } from './shell';
import type { Starter } from './start';
import { TauriHost, tauriShell, tauriStarter } from './tauri';

const inShell = () => '__TAURI_INTERNALS__' in window;

export function pickHost(words: () => FailureWords): Host {
  if (inShell()) return new TauriHost(words);
  return new HttpHost(takeToken(window.location, window.history, window.localStorage), words);
}

/** Only the window shell can start with data that cannot be used: the HTTP host serves no page then. */
export function pickStarter(): Starter {
  return tauriStarter;
}

export function pickShell(): Shell {
  return inShell() ? tauriShell : browserShell;
}
