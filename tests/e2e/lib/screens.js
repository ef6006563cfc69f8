/**
 * Two screens that nobody looks at, one of which is plugged in and pulled out, for windows that have a screen of
 * their own. A window manager is there because only one makes a window fill a screen.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Child } from './child.js';

const run = promisify(execFile);

/** The till's screen and the kitchen's, as the X server names and measures them. */
const TILL = { output: 'DUMMY0', width: 1920, height: 1080 };
const KITCHEN = { output: 'DUMMY1', width: 1280, height: 800 };

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
    Virtual ${TILL.width + KITCHEN.width} ${TILL.height}
  EndSubSection
EndSection
`;

/** The desk of a till with room for a kitchen's screen. */
export class Screens {
  /** Where the kitchen's screen begins, and how large it is. */
  static kitchen = { x: TILL.width, width: KITCHEN.width, height: KITCHEN.height };

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
    const { output, width, height } = KITCHEN;
    await this.#xrandr('--addmode', output, `${width}x${height}`);
    const manager = new Child('openbox', ['--sm-disable', '--startup', `echo ${MANAGED}`], {
      env: { ...this.env, HOME: folder },
    });
    this.#ends.push(() => manager.stop());
    await manager.firstLine((line) => line === MANAGED);
  }

  /** The kitchen's screen is plugged in, to the right of the till's. */
  async plug() {
    const { output, width, height } = KITCHEN;
    await this.#xrandr('--output', output, '--mode', `${width}x${height}`, '--right-of', TILL.output);
    // The server looks whether there is a screen at an output when it is asked.
    await this.#xrandr('--query');
  }

  /** It is pulled out. */
  async unplug() {
    await this.#xrandr('--output', KITCHEN.output, '--off');
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
