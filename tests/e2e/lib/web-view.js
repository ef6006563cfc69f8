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
 * Starts a display, the driver and the program.
 * @param {Array<() => Promise<unknown>>} ends Gets how each of them is ended, in the order in which they were started.
 * @param {string} binary
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, display?: string }} [options] How large the screen is.
 */
export async function startWebView(ends, binary, args, options = {}) {
  const display = await startDisplay(options.display);
  ends.push(display.stop);
  const port = await freePort();
  const service = new Child(webDriverProgram(), [`--port=${port}`, '--host=127.0.0.1'], {
    env: { ...display.env, ...AUTOMATION, ...options.env },
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
  return driver;
}
