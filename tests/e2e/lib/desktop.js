/**
 * The desktop program, driven through the web view's own WebDriver. Its windows have no stable order: they
 * are found by what they show.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AXE, findingsOfAxe, smallerThan, TOUCH_PX } from './inspect.js';
import { appProgram, temporaryFolder } from './paths.js';
import { until } from './until.js';
import { startWebView } from './web-view.js';

/** @typedef {'main' | 'kitchen' | 'guests' | 'start'} Role */

/**
 * Without a folder of data, an empty one of its own; without a display, a screen of its own of this size. Of a stranger the desktop
 * knows nothing but where downloads lie.
 * @typedef {{ data?: string, lang?: 'es' | 'en', demo?: boolean, stranger?: boolean, size?: string, display?: NodeJS.ProcessEnv }} Options
 */

/** @param {string} pathname @returns {Role} */
function roleOf(pathname) {
  if (pathname.startsWith('/kitchen')) return 'kitchen';
  if (pathname.startsWith('/guest')) return 'guests';
  return pathname.startsWith('/start') ? 'start' : 'main';
}

/** The running program with its windows. */
export class Desktop {
  /** @type {Array<() => Promise<unknown>>} */
  #ends = [];
  /** @type {WebdriverIO.Browser | undefined} */
  #driver;
  /** @type {import('./child.js').Child | undefined} */
  #family;
  /** Where a stranger's downloads lie. */
  downloads = '';

  /**
   * Starts a display, the driver and the program, with the demonstration's data unless it is to have none.
   * @param {Options} [options]
   */
  static async start(options = {}) {
    const desktop = new Desktop();
    try {
      await desktop.#start(options);
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

  /** @param {Options} options */
  async #start({ data, lang = 'es', demo = true, stranger = false, size, display }) {
    if (data === undefined) {
      const own = await temporaryFolder();
      this.#ends.push(own.remove);
      data = path.join(own.folder, 'data');
    }
    const env = stranger ? { XDG_CONFIG_HOME: await this.#home() } : {};
    const args = [...(demo ? ['--demo'] : []), '--data', data, '--lang', lang];
    const view = await startWebView(this.#ends, appProgram(), args, { env, size, display });
    this.#driver = view.driver;
    this.#family = view.service;
  }

  /** A folder for what the desktop knows of a person: where downloads lie. */
  async #home() {
    const { folder, remove } = await temporaryFolder();
    this.#ends.push(remove);
    this.downloads = path.join(folder, 'Descargas');
    await mkdir(this.downloads);
    await writeFile(path.join(folder, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${this.downloads}"\n`);
    return folder;
  }

  /**
   * Goes to one of the windows.
   * @param {Role} role
   */
  async focus(role) {
    await until(`the ${role} window is there`, async () => {
      for (const handle of await this.driver.getWindowHandles()) {
        await this.driver.switchToWindow(handle);
        const { pathname } = new URL(await this.driver.getUrl());
        if (roleOf(pathname) === role) return true;
      }
      return false;
    });
  }

  /** Which windows are open. @returns {Promise<Role[]>} */
  async windows() {
    /** @type {Role[]} */
    const roles = [];
    for (const handle of await this.driver.getWindowHandles()) {
      await this.driver.switchToWindow(handle);
      roles.push(roleOf(new URL(await this.driver.getUrl()).pathname));
    }
    return roles.sort();
  }

  /** What a screen says. @param {string} testid */
  async says(testid) {
    return (await this.find(testid)).getText();
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

  /**
   * Comes in through the door of the focused window.
   * @param {string} person
   * @param {string} pin
   */
  async signIn(person, pin) {
    await until('the door is open', async () => {
      const terminal = this.driver.$('[data-testid="terminal-Caja 1"]');
      if (await terminal.isDisplayed()) await terminal.click();
      return this.driver.$(`[data-testid="user-${person}"]`).isDisplayed();
    });
    await this.click(`user-${person}`);
    for (const digit of pin) await this.click(`pin-${digit}`);
  }

  /** Shows the focused window in a theme. @param {string} theme */
  async wear(theme) {
    await this.driver.execute((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
  }

  /** What keeps people out of the focused window, one sentence each. @returns {Promise<string[]>} */
  async findings() {
    await this.driver.execute(AXE);
    const found = await this.driver.execute(findingsOfAxe);
    const small = await this.driver.execute(smallerThan, TOUCH_PX);
    return [...found, ...small.findings];
  }

  /** Whether the program still runs. */
  async isOpen() {
    try {
      return (await this.driver.getWindowHandles()).length > 0;
    } catch {
      return false;
    }
  }

  /** Where the focused window is and how large, in pixels of the desk. */
  async area() {
    return this.driver.execute(() => ({
      x: window.screenX,
      y: window.screenY,
      width: window.innerWidth,
      height: window.innerHeight,
    }));
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

  /** Kills the program and its web views where they stand, as a power cut would. */
  async crash() {
    await this.#family?.stop('SIGKILL');
  }

  /** Ends everything that was started, the newest first. */
  async stop() {
    for (const end of this.#ends.splice(0).reverse()) await end().catch(() => undefined);
  }
}
