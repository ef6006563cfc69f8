/**
 * Screens that nobody looks at, all but the till's plugged in and pulled out, for windows that have a screen of
 * their own. A window manager is there because only one makes a window fill a screen.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Child } from './child.js';

const run = promisify(execFile);

/** The till's screen and the others, as the X server names and measures them, and where they usually begin. */
const TILL = { output: 'DUMMY0', width: 1920, height: 1080 };
const KITCHEN = { output: 'DUMMY1', width: 1280, height: 800, x: TILL.width };
const GUESTS = { output: 'DUMMY2', width: 1024, height: 768, x: TILL.width + KITCHEN.width };

/** A screen that is plugged in and pulled out. @typedef {typeof KITCHEN} Extra */

/** What the window manager says when it manages. */
const MANAGED = 'managed';

/** An X server whose outputs are of no hardware, and no keyboard or mouse. */
const CONFIG = `
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "DontVTSwitch" "true"
EndSection
Section "Device"
  Identifier "none"
  Driver "dummy"
  VideoRam 65536
EndSection
Section "Monitor"
  Identifier "any"
  HorizSync 5-1000
  VertRefresh 5-200
  Modeline "1920x1080" 148.50 1920 2008 2052 2200 1080 1084 1089 1125
EndSection
Section "Screen"
  Identifier "all"
  Device "none"
  Monitor "any"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "${TILL.width}x${TILL.height}"
    Virtual ${TILL.width + KITCHEN.width + GUESTS.width} ${TILL.height}
  EndSubSection
EndSection
`;

/** The desk of a till with room for a kitchen's screen and one for guests. */
export class Screens {
  static kitchen = KITCHEN;
  static guests = GUESTS;

  /** @type {Array<() => Promise<unknown>>} */
  #ends = [];
  /** @type {NodeJS.ProcessEnv} */
  env = {};

  /** Starts with the till's screen alone. */
  static async start() {
    const screens = new Screens();
    try {
      await screens.#start();
    } catch (error) {
      await screens.stop();
      throw error;
    }
    return screens;
  }

  async #start() {
    const folder = await mkdtemp(path.join(tmpdir(), 'fastops-screens-'));
    this.#ends.push(() => rm(folder, { recursive: true, force: true }));
    const config = path.join(folder, 'xorg.conf');
    await writeFile(config, CONFIG);
    const log = path.join(folder, 'xorg.log');
    const args = ['-displayfd', '3', '-config', config, '-logfile', log, '-nolisten', 'tcp'];
    const server = new Child('Xorg', [...args, '-noreset', '-novtswitch', '-sharevts'], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    this.#ends.push(() => server.stop());
    const number = await server.firstLine((line) => /^\d+$/.test(line), 3);
    this.env = { DISPLAY: `:${number}`, XDG_RUNTIME_DIR: folder, NO_AT_BRIDGE: '1', GTK_A11Y: 'none' };
    for (const { output, width, height } of [KITCHEN, GUESTS]) {
      await this.#xrandr('--addmode', output, `${width}x${height}`);
    }
    const manager = new Child('openbox', ['--sm-disable', '--startup', `echo ${MANAGED}`], {
      env: { ...this.env, HOME: folder },
    });
    this.#ends.push(() => manager.stop());
    await manager.firstLine((line) => line === MANAGED);
  }

  /** A screen is plugged in, or moved to where another one was. @param {Extra} screen @param {number} [x] */
  async plug({ output, width, height, x: usual }, x = usual) {
    await this.#xrandr('--output', output, '--mode', `${width}x${height}`, '--pos', `${x}x0`);
    // The server looks whether there is a screen at an output when it is asked.
    await this.#xrandr('--query');
  }

  /** It is pulled out. @param {Extra} screen */
  async unplug({ output }) {
    await this.#xrandr('--output', output, '--off');
  }

  /** @param {string[]} args */
  async #xrandr(...args) {
    await run('xrandr', args, this.#options());
  }

  #options() {
    return { env: { ...process.env, ...this.env } };
  }

  /** Ends everything that was started, the newest first. */
  async stop() {
    for (const end of this.#ends.splice(0).reverse()) await end().catch(() => undefined);
  }
}
