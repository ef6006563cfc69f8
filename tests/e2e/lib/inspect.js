/**
 * What holds for every screen alike: nothing that keeps a person out, and nothing too small for a finger.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The checker itself, as a script for the page. */
export const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The sizes that tills have. */
const TILLS = [
  { width: 1024, height: 768 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];

/** Least width and height of what can be pressed, in CSS pixels. */
export const TOUCH_PX = 44;

/**
 * In the page that has the checker: everything that it finds, one sentence each.
 * @returns {Promise<string[]>}
 */
export async function findingsOfAxe() {
  // @ts-expect-error the checker's script has put it there
  const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
  /** @type {string[]} */
  const findings = [];
  for (const { id, help, nodes } of violations) {
    for (const node of nodes) {
      const why = node.any.concat(node.all, node.none).map((/** @type {any} */ check) => check.message);
      findings.push(`${id}: ${help}: ${node.target.join(' ')}: ${why.join('; ')}`);
    }
  }
  return findings;
}

/**
 * In the page: what can be pressed and is smaller than a finger, one sentence each.
 * @param {number} least
 */
export function smallerThan(least) {
  const all = document.querySelectorAll('button, a[href], input, textarea, select, summary, [role="button"]');
  // What is there for a keyboard or a screen reader alone is clipped to a dot: no finger looks for it.
  const isDot = (/** @type {Element} */ one) => one.clientWidth <= 1 && one.clientHeight <= 1;
  const shown = [...all].filter((one) => one.checkVisibility({ visibilityProperty: true }) && !isDot(one));
  /** @type {string[]} */
  const findings = [];
  for (const one of shown) {
    const { width, height } = one.getBoundingClientRect();
    if (width >= least && height >= least) continue;
    const name = one.getAttribute('data-testid') ?? one.textContent?.trim().slice(0, 40);
    findings.push(`${name}: ${width.toFixed(0)} × ${height.toFixed(0)}`);
  }
  return { measured: shown.length, findings };
}

/**
 * Everything that axe-core finds, one sentence each.
 * @param {import('playwright-core').Page} page
 */
export async function accessibilityFindings(page) {
  await page.evaluate(AXE);
  return page.evaluate(findingsOfAxe);
}

/**
 * What can be pressed on the page and is smaller than a finger, one sentence each.
 * @param {import('playwright-core').Page} page
 */
export async function smallTargets(page) {
  return page.evaluate(smallerThan, TOUCH_PX);
}

/**
 * What can be pressed and lies partly outside of what is in sight without a way to scroll there sideways, or under
 * the edge of the window: one sentence each. What stands on another page of a board cannot be pressed.
 * @param {import('playwright-core').Page} page
 */
export async function cutOff(page) {
  return page.evaluate(() => {
    const dialog = document.querySelector('dialog[open]');
    const all = (dialog ?? document).querySelectorAll('button, a[href], input');
    /** @type {string[]} */
    const findings = [];
    for (const one of all) {
      const { left, right, width } = one.getBoundingClientRect();
      const shows = one.checkVisibility({ visibilityProperty: true }) && !one.closest('[inert]');
      if (width <= 1 || !shows) continue;
      let [from, to] = [0, window.innerWidth];
      // A sheet stands above the page: nothing around it cuts it off.
      for (let box = one.parentElement; box; box = box === dialog ? null : box.parentElement) {
        if (getComputedStyle(box).overflowX === 'visible') continue;
        const edge = box.getBoundingClientRect();
        [from, to] = [Math.max(from, edge.left), Math.min(to, edge.right)];
      }
      if (left < from - 1 || right > to + 1) {
        findings.push(one.getAttribute('data-testid') ?? one.textContent?.trim().slice(0, 40) ?? '');
      }
    }
    return findings;
  });
}

/**
 * Gives the page another size, and waits until it has drawn itself anew: what measures the room that it has, as the
 * floor does, knows it only once a frame was laid out, and is drawn with the next.
 * @param {import('playwright-core').Page} page
 * @param {{ width: number, height: number }} size
 */
export async function resize(page, size) {
  await page.setViewportSize(size);
  await page.evaluate(
    () =>
      new Promise((drawn) => {
        requestAnimationFrame(() => requestAnimationFrame(drawn));
      }),
  );
}

/**
 * Whether anything sticks out of the window sideways.
 * @param {import('playwright-core').Page} page
 */
export async function overflows(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
}

/**
 * Everything that is wrong with a screen, at every size, in one failure.
 * @param {import('playwright-core').Page} page
 * @param {string} where
 * @param {readonly { width: number, height: number }[]} [sizes] Those of a till, unless it is shown on something else.
 */
export async function inspect(page, where, sizes = TILLS) {
  const wrong = await accessibilityFindings(page);
  for (const size of sizes) {
    await resize(page, size);
    const at = `${size.width} × ${size.height}`;
    const { measured, findings } = await smallTargets(page);
    wrong.push(...findings.map((finding) => `too small at ${at}: ${finding}`));
    if (measured === 0) wrong.push(`nothing can be pressed at ${at}`);
    if (await overflows(page)) wrong.push(`wider than its window at ${at}`);
    wrong.push(...(await cutOff(page)).map((name) => `cut off at ${at}: ${name}`));
  }
  assert.deepEqual(wrong, [], where);
}

/**
 * What is wrong with a screen whose text a person has made twice as large: nothing that can be pressed may be out of
 * reach, and nothing wider than the window.
 * @param {import('playwright-core').Page} page
 * @param {string} where
 */
export async function inspectLargeText(page, where) {
  /** @param {string} size */
  const text = (size) =>
    page.evaluate((wanted) => {
      document.documentElement.style.fontSize = wanted;
    }, size);
  await text('200%');
  await resize(page, { width: 1366, height: 768 });
  const wrong = (await cutOff(page)).map((name) => `cut off: ${name}`);
  if (await overflows(page)) wrong.push('wider than its window');
  await text('');
  assert.deepEqual(wrong, [], `${where}, with large text`);
}
