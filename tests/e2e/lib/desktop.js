/**
 * The desktop program, driven through the web view's own WebDriver. Its windows have no stable order: they
 * are found by what they show.
 */
import { createServer } from 'node:net';
import path from 'node:path';
import { remote } from 'webdriverio';
import { Child } from './child.js';
import { appProgram, temporaryFolder, webDriverProgram } from './paths.js';
import { PATIENCE_MS, until } from './until.js';
import { startDisplay } from './xvfb.js';

/** What makes the program's web views let themselves be driven; the driver hands it on. */
const AUTOMATION = { TAURI_AUTOMATION: 'true', TAURI_WEBVIEW_AUTOMATION: 'true' };

/** A port that nobody uses at this moment. @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** The running program with its windows. */
export class Desktop {
  /** @type {Array<() => Promise<unknown>>} */
  #ends = [];
  /** @type {WebdriverIO.Browser | undefined} */
  #driver;

  /** Starts a display, the driver and the program with the demonstration's data. */
  static async start() {
    const desktop = new Desktop();
    try {
      await desktop.#start();
    } catch (error) {
      await desktop.stop();
      throw error;
    }
    return desktop;
  }

  get driver() {
    if (!this.#driver) throw new Error('the desktop program is not running');
    return this.#driver;
  }

  async #start() {
    const data = await temporaryFolder();
    this.#ends.push(data.remove);
    const display = await startDisplay();
    this.#ends.push(display.stop);
    const port = await freePort();
    const driver = new Child(webDriverProgram(), [`--port=${port}`, '--host=127.0.0.1'], {
      env: { ...display.env, ...AUTOMATION },
      family: true,
    });
    this.#ends.push(() => driver.stop());
    await until('the driver listens', async () => {
      const status = await fetch(`http://127.0.0.1:${port}/status`);
      return status.ok;
    });
    const args = ['--demo', '--data', path.join(data.folder, 'data'), '--lang', 'es'];
    this.#driver = await remote({
      hostname: '127.0.0.1',
      port,
      logLevel: 'error',
      connectionRetryTimeout: 4 * PATIENCE_MS,
      connectionRetryCount: 0,
      waitforTimeout: PATIENCE_MS,
      capabilities: /** @type {any} */ ({
        'wdio:enforceWebDriverClassic': true,
        'webkitgtk:browserOptions': { binary: appProgram(), args },
      }),
    });
    this.#ends.push(() => this.driver.deleteSession());
  }

  /**
   * Goes to one of the two windows.
   * @param {'main' | 'kitchen'} role
   */
  async focus(role) {
    await until(`the ${role} window is there`, async () => {
      for (const handle of await this.driver.getWindowHandles()) {
        await this.driver.switchToWindow(handle);
        const kitchen = new URL(await this.driver.getUrl()).pathname.startsWith('/kitchen');
        if (kitchen === (role === 'kitchen')) return true;
      }
      return false;
    });
  }

  /** @param {string} testid */
  async find(testid) {
    const element = this.driver.$(`[data-testid="${testid}"]`);
    await element.waitForDisplayed();
    return element;
  }

  /** @param {string} testid */
  async click(testid) {
    const element = await this.find(testid);
    await element.waitForClickable();
    await element.click();
  }

  /** @param {string} file */
  async picture(file) {
    await this.driver.saveScreenshot(file);
  }

  /**
   * Asks the core as the focused window would.
   * @param {string} command
   * @param {unknown} request
   * @returns {Promise<any>}
   */
  async call(command, request) {
    return this.driver.executeAsync(
      (name, body, done) => {
        // @ts-expect-error only the window's shell has it
        const { invoke } = window.__TAURI_INTERNALS__;
        const session = localStorage.getItem('fastops.session.main');
        invoke(name, { request: body, session, language: 'es' }).then(
          done,
          (/** @type {unknown} */ failure) => done({ failure }),
        );
      },
      command,
      request,
    );
  }

  /** Ends everything that was started, the newest first. */
  async stop() {
    for (const end of this.#ends.splice(0).reverse()) await end().catch(() => undefined);
  }
}
