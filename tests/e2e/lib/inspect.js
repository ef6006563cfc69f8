/**
 * What holds for every screen alike: nothing that keeps a person out, and nothing too small for a finger.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The checker itself, as a script for the page. */
export const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Least width and height of what can be pressed, in CSS pixels. */
export const TOUCH_PX = 44;

/**
 * In the page that has the checker: its serious and critical findings, one sentence each.
 * @returns {Promise<string[]>}
 */
export async function seriousFindings() {
  // @ts-expect-error the checker's script has put it there
  const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
  /** @type {string[]} */
  const findings = [];
  for (const { id, impact, help, nodes } of violations) {
    if (impact !== 'serious' && impact !== 'critical') continue;
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
 * The serious and critical findings of axe-core, one sentence each.
 * @param {import('playwright-core').Page} page
 */
export async function accessibilityFindings(page) {
  await page.evaluate(AXE);
  return page.evaluate(seriousFindings);
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
 * the edge of the window: one sentence each.
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
      if (width <= 1 || !one.checkVisibility({ visibilityProperty: true })) continue;
      let [from, to] = [0, window.innerWidth];
      for (let box = one.parentElement; box; box = box.parentElement) {
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
