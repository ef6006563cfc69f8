/**
 * A screen that nobody looks at, for the windows of the desktop program.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Child } from './child.js';

/**
 * Starts an X server on a display number that it finds itself.
 * @param {string} [size]
 */
export async function startDisplay(size = '1920x1080x24') {
  const display = new Child('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const number = await display.firstLine((line) => /^\d+$/.test(line), 3);
  const runtime = await mkdtemp(path.join(tmpdir(), 'fastops-xdg-'));
  const env = { DISPLAY: `:${number}`, XDG_RUNTIME_DIR: runtime, NO_AT_BRIDGE: '1', GTK_A11Y: 'none' };
  const stop = async () => {
    await display.stop();
    // A desktop service of the session may still hold a file there; it is the system's to sweep then.
    await rm(runtime, { recursive: true, force: true }).catch(() => undefined);
  };
  return { env, stop };
}
