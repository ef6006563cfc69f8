/**
 * The core's commands that end by themselves: what they say, and with which code they end.
 */
import { execFile } from 'node:child_process';
import { cliProgram } from './paths.js';
import { PATIENCE_MS } from './until.js';

/**
 * Runs one command to its end. With `--json`, what it found and why it failed are JSON.
 * @param {...string} args
 * @returns {Promise<{ code: number, answer: any, failure: any }>}
 */
export function cli(...args) {
  return new Promise((resolve) => {
    const options = { timeout: PATIENCE_MS, env: { ...process.env, RUST_LOG: 'off' } };
    execFile(cliProgram(), [...args, '--json'], options, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0;
      resolve({ code, answer: lastJson(stdout), failure: lastJson(stderr)?.failure });
    });
  });
}

/** @param {string} text */
function lastJson(text) {
  const line = text
    .split('\n')
    .filter((one) => one.startsWith('{'))
    .at(-1);
  return line === undefined ? null : JSON.parse(line);
}
