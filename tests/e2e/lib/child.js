/**
 * Programs that a run starts and that end with it. Each is ended by its own handle, and what it said on
 * its error stream is kept, because that is what a person wants to read when it did not start.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { PATIENCE_MS } from './until.js';

const STDERR_KEPT_CHARS = 8_000;

/** @type {Set<Child>} */
const alive = new Set();

process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** One program that this run started. */
export class Child {
  #process;
  #family;
  #stderr = '';
  /** @type {Promise<string>} */
  #exited;

  /**
   * @param {string} program
   * @param {string[]} args
   * @param {{ env?: NodeJS.ProcessEnv, stdio?: import('node:child_process').StdioOptions, family?: boolean }} [options]
   * With `family`, what the program itself started ends with it.
   */
  constructor(program, args, options = {}) {
    this.program = program;
    this.#family = options.family ?? false;
    this.#process = spawn(program, args, {
      env: { ...process.env, ...options.env },
      stdio: options.stdio ?? ['ignore', 'pipe', 'pipe'],
      detached: options.family ?? false,
    });
    alive.add(this);
    this.#process.stderr?.on('data', (/** @type {Buffer} */ chunk) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-STDERR_KEPT_CHARS);
    });
    this.#exited = new Promise((resolve) => {
      this.#process.once('error', (error) => {
        alive.delete(this);
        resolve(error.message);
      });
      this.#process.once('exit', (code, signal) => {
        alive.delete(this);
        resolve(`it ended with ${signal ?? code}`);
      });
    });
  }

  /** What the program said on its error stream, the newest part. */
  get stderr() {
    return this.#stderr;
  }

  get pid() {
    return this.#process.pid;
  }

  /**
   * The first line on the program's output, or on another of its streams, that the filter accepts.
   * @param {(line: string) => boolean} accepts
   * @param {number} [stream] File descriptor, 1 is the output.
   * @returns {Promise<string>}
   */
  async firstLine(accepts, stream = 1) {
    const readable = /** @type {import('node:stream').Readable} */ (this.#process.stdio[stream]);
    const lines = createInterface({ input: readable });
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const found = new Promise((resolve) => {
      lines.on('line', (line) => accepts(line) && resolve(line));
    });
    const late = new Promise((resolve) => {
      timer = setTimeout(() => resolve(null), PATIENCE_MS);
    });
    const ended = this.#exited.then((how) => new Error(how));
    const answer = await Promise.race([found, late, ended]);
    clearTimeout(timer);
    if (typeof answer === 'string') return answer;
    const why = answer instanceof Error ? answer.message : `it said nothing in ${PATIENCE_MS} ms`;
    throw new Error(`${this.program} did not start: ${why}\n${this.#stderr}`);
  }

  /** @param {NodeJS.Signals} [signal] */
  kill(signal = 'SIGTERM') {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(this.#family ? -pid : pid, signal);
    } catch (error) {
      // It ended by itself a moment before.
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
    }
  }

  /**
   * Ends the program and waits until it has ended.
   * @param {NodeJS.Signals} [signal]
   */
  async stop(signal = 'SIGTERM') {
    if (!alive.has(this)) return;
    this.kill(signal);
    const timer = setTimeout(() => this.kill('SIGKILL'), 5_000);
    await this.#exited;
    clearTimeout(timer);
  }
}
