/**
 * Where the programs under test are. Each can be replaced through the environment, so that an installed
 * FastOps can be driven by the same journeys as a fresh build.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const HERE = import.meta.dirname;
const PROJECT = path.resolve(HERE, '..', '..', '..');
const SUFFIX = process.platform === 'win32' ? '.exe' : '';

/**
 * @param {string} variable Environment variable that names another file.
 * @param {string} usual
 * @param {string} build How to make it.
 */
function program(variable, usual, build) {
  const file = process.env[variable] ? path.resolve(process.env[variable]) : usual;
  try {
    accessSync(file, constants.R_OK);
  } catch {
    throw new Error(`${file} is missing: ${build}, or name another with ${variable}`);
  }
  return file;
}

/** The core without a window. */
export function cliProgram() {
  const usual = path.join(PROJECT, 'target', 'debug', `fastops-cli${SUFFIX}`);
  return program('FASTOPS_CLI', usual, 'build it with `cargo build -p fastops-cli`');
}

/** The desktop program. */
export function appProgram() {
  const usual = path.join(PROJECT, 'target', 'debug', `fastops${SUFFIX}`);
  return program(
    'FASTOPS_APP',
    usual,
    'build it with `cargo build -p fastops --features tauri/custom-protocol`',
  );
}

/** The folder of the built screens. */
export function uiFolder() {
  const usual = path.join(PROJECT, 'ui', 'build');
  return program('FASTOPS_UI', usual, 'build it with `npm run build` in ui/');
}

/** Chromium, without windows of its own where that is installed: it shows the same pages with less work. */
export function chromiumProgram() {
  const light = '/usr/bin/chromium-headless-shell';
  return program('CHROMIUM', existsSync(light) ? light : '/usr/bin/chromium', 'install Chromium');
}

export function webDriverProgram() {
  return program('WEBKIT_WEBDRIVER', '/usr/bin/WebKitWebDriver', 'install webkit2gtk-driver');
}

/** A bare window of the web view that the desktop program has too; it comes with its library. */
export function plainWindowProgram() {
  return program(
    'WEBKIT_MINIBROWSER',
    `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/webkit2gtk-4.1/MiniBrowser`,
    'install libwebkit2gtk-4.1-0',
  );
}

/** Where pictures of a run are left for a person. */
export async function outFolder() {
  const folder = path.join(HERE, '..', 'out');
  await mkdir(folder, { recursive: true });
  return folder;
}

/** Where the pictures of the documentation are. */
export async function documentationPictures() {
  const folder = path.join(PROJECT, 'docs', 'screenshots');
  await mkdir(folder, { recursive: true });
  return folder;
}

/** A folder for the data of one run, and how to remove it. */
export async function temporaryFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), 'fastops-e2e-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Ports below those that a system gives out by itself: what stops and comes again finds its own free. */
const PORTS = { first: 15_000, count: 15_000 };

/** A port that nobody uses, and that nobody is given by chance. @returns {Promise<number>} */
export async function freePort() {
  for (;;) {
    const port = PORTS.first + Math.floor(Math.random() * PORTS.count);
    if (await isFree(port)) return port;
  }
}

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
