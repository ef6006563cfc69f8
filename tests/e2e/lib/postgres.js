/**
 * A PostgreSQL server of a run's own, on the loopback, that may be stopped and started again.
 */
import { execFile } from 'node:child_process';
import { chown, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort, temporaryFolder } from './paths.js';

const run = promisify(execFile);
const INSTALLED = '/usr/lib/postgresql';
const NAME = 'fastops';

/** Whom the server runs as: it refuses an administrator. @returns {Promise<{ uid: number, gid: number } | null>} */
async function owner() {
  if (process.getuid?.() !== 0) return null;
  const id = async (/** @type {string} */ flag) => Number((await run('id', [flag, 'postgres'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

export class Postgres {
  /**
   * @param {string} bin Where the server's programs are.
   * @param {{ folder: string, remove: () => Promise<void> }} place
   * @param {number} port
   * @param {{ uid: number, gid: number } | null} as
   */
  constructor(bin, place, port, as) {
    this.bin = bin;
    this.place = place;
    this.port = port;
    this.as = as;
  }

  static async start() {
    const versions = (await readdir(INSTALLED)).sort((a, b) => Number(b) - Number(a));
    const bin = path.join(INSTALLED, String(versions[0]), 'bin');
    const [place, port, as] = await Promise.all([temporaryFolder(), freePort(), owner()]);
    if (as) await chown(place.folder, as.uid, as.gid);
    const server = new Postgres(bin, place, port, as);
    const data = ['-D', server.data, '-U', NAME, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    await server.#run('initdb', data);
    await server.resume();
    await server.#run('createdb', ['-h', '127.0.0.1', '-p', String(port), '-U', NAME, NAME]);
    return server;
  }

  get data() {
    return path.join(this.place.folder, 'data');
  }

  get url() {
    return `postgres://${NAME}@127.0.0.1:${this.port}/${NAME}`;
  }

  /** Starts it on the data that is there. */
  async resume() {
    const settings = `-p ${this.port} -h 127.0.0.1 -k ''`;
    const log = path.join(this.place.folder, 'log');
    await this.#run('pg_ctl', ['start', '-w', '-D', this.data, '-l', log, '-o', settings]);
  }

  /** Stops it at once, as a power cut does. */
  async cut() {
    await this.#run('pg_ctl', ['stop', '-w', '-m', 'immediate', '-D', this.data]);
  }

  async stop() {
    await this.cut().catch(() => undefined);
    await this.place.remove();
  }

  /**
   * @param {string} program
   * @param {string[]} args
   */
  async #run(program, args) {
    // A server that stays would hold the pipes of its starter open.
    const stdio = program === 'pg_ctl' ? '>/dev/null 2>&1' : '';
    const command = ['-c', `exec "$0" "$@" ${stdio}`, path.join(this.bin, program), ...args];
    await run('/bin/sh', command, { cwd: this.place.folder, ...(this.as ?? {}) });
  }
}
