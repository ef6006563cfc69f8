/**
 * What processes take of the machine's memory, as Linux alone tells it: what several share counts for each of them in
 * part (PSS), so that the processes of a program may be added up.
 */
import { readdir, readFile } from 'node:fs/promises';

const KIB_A_MIB = 1_024;
/** How long a page is kept at work, so that its process can be told from the others. */
const AT_WORK_MS = 400;

/** In MiB. @param {number} pid */
export async function memoryOf(pid) {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s*(\d+)/m.exec(text)?.[1]) / KIB_A_MIB;
}

/** @typedef {{ pid: number, parent: number, name: string, ticks: number, started: number }} Process */

/**
 * One process of the machine; of one that has ended, nothing.
 * @param {number} pid
 * @returns {Promise<Process | undefined>}
 */
async function look(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  // A name may hold anything, also blanks and brackets.
  const end = stat.lastIndexOf(')');
  const fields = stat
    .slice(end + 2)
    .split(' ')
    .map(Number);
  const [parent = 0, user = 0, system = 0, started = 0] = [fields[1], fields[11], fields[12], fields[19]];
  return { pid, parent, name: stat.slice(stat.indexOf('(') + 1, end), ticks: user + system, started };
}

/**
 * Everything that a process started, and what that started in turn.
 * @param {number} root
 */
export async function offspring(root) {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(pids.map(look))).filter((one) => one !== undefined);
  const found = new Set([root]);
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const one of all) if (found.has(one.parent)) found.add(one.pid);
  }
  return all.filter((one) => one.pid !== root && found.has(one.pid));
}

/**
 * The process in which a page is: the one that works when the page does.
 * @param {(ms: number) => Promise<unknown>} work Keeps the page at work.
 */
export async function processOf(work) {
  const before = new Map((await offspring(process.pid)).map((one) => [one.pid, one.ticks]));
  await work(AT_WORK_MS);
  const worked = (/** @type {Process} */ one) => one.ticks - (before.get(one.pid) ?? one.ticks);
  const [busiest] = (await offspring(process.pid)).sort((one, other) => worked(other) - worked(one));
  if (!busiest || worked(busiest) === 0) throw new Error('no process works while the page does');
  return busiest.pid;
}

/** In the page: works and does nothing else. @param {number} ms */
export function keepAtWork(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** When a process started, by the clock of the day, in milliseconds; to a hundredth of a second. @param {number} pid */
export async function startOf(pid) {
  const one = await look(pid);
  if (!one) throw new Error(`process ${pid} has ended`);
  const uptime = await readFile('/proc/uptime', 'utf8');
  const booted = Date.now() - Number(uptime.split(' ')[0]) * 1_000;
  return booted + one.started * 10;
}
