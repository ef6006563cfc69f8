// Which host carries the commands: the window shell when it is there, HTTP otherwise.

import type { Host } from './backend';
import type { FailureWords } from './failure';
import { HttpHost, takeToken } from './http';
import { TauriHost } from './tauri';

export function pickHost(words: () => FailureWords): Host {
  if ('__TAURI_INTERNALS__' in window) return new TauriHost(words);
  return new HttpHost(takeToken(window.location, window.history, window.localStorage), words);
}
