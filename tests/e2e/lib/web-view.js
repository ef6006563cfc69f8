/**
 * A program whose windows are web views, under the web view's own WebDriver, on a screen that nobody looks at.
 */
import { remote } from 'webdriverio';
import { Child } from './child.js';
import { freePort, webDriverProgram } from './paths.js';
import { PATIENCE_MS, until } from './until.js';
import { startDisplay } from './xvfb.js';

/** What makes the program's web views let themselves be driven; the driver hands it on. */
const AUTOMATION = { TAURI_AUTOMATION: 'true', TAURI_WEBVIEW_AUTOMATION: 'true' };
/** How often a wait looks again. */
const LOOK_MS = 50;

/**
 * The first is the size of a screen of its own; the second a display that is there already.
 * @typedef {{ env?: NodeJS.ProcessEnv, size?: string, display?: NodeJS.ProcessEnv }} Options
 */

/**
 * Starts a display unless it is given one, the driver and the program. The driver's service is the family of all
 * processes.
 * @param {Array<() => Promise<unknown>>} ends Gets how each of them is ended, in the order in which they were started.
 * @param {string} binary
 * @param {string[]} args
 * @param {Options} [options]
 */
export async function startWebView(ends, binary, args, options = {}) {
  const display = options.display ?? (await ownDisplay(ends, options.size));
  const port = await freePort();
  const service = new Child(webDriverProgram(), [`--port=${port}`, '--host=127.0.0.1'], {
    env: { ...display, ...AUTOMATION, ...options.env },
    family: true,
  });
  ends.push(() => service.stop());
  await until('the driver listens', async () => {
    const status = await fetch(`http://127.0.0.1:${port}/status`);
    return status.ok;
  });
  const driver = await remote({
    hostname: '127.0.0.1',
    port,
    // What goes wrong is thrown.
    logLevel: 'silent',
    connectionRetryTimeout: 4 * PATIENCE_MS,
    connectionRetryCount: 0,
    waitforTimeout: PATIENCE_MS,
    waitforInterval: LOOK_MS,
    capabilities: /** @type {any} */ ({
      'wdio:enforceWebDriverClassic': true,
      'webkitgtk:browserOptions': { binary, args },
    }),
  });
  ends.push(() => driver.deleteSession());
  return { driver, service };
}

/**
 * @param {Array<() => Promise<unknown>>} ends
 * @param {string} [size]
 */
async function ownDisplay(ends, size) {
  const display = await startDisplay(size);
  ends.push(display.stop);
  return display.env;
}
