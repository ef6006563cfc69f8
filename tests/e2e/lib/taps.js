/**
 * Counting what a person's finger does: every press on the page, whatever it hits.
 */

/**
 * Counts from now on, also over a change of page within the program.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<() => Promise<number>>} How many presses there were so far.
 */
export async function countTaps(page) {
  await page.evaluate(() => {
    const counts = document.documentElement.dataset.taps !== undefined;
    document.documentElement.dataset.taps = '0';
    if (counts) return;
    const count = () => {
      const root = document.documentElement;
      root.dataset.taps = String(Number(root.dataset.taps) + 1);
    };
    window.addEventListener('pointerdown', count, { capture: true });
  });
  return () => page.evaluate(() => Number(document.documentElement.dataset.taps));
}

/**
 * Taps what does something else when it is held: the finger is off again before a slow machine takes it for a hold.
 * @param {import('playwright-core').Locator} target
 */
export async function tap(target) {
  const { mouse } = target.page();
  await target.and(target.page().locator(':not(:disabled)')).hover();
  await Promise.all([mouse.down(), mouse.up()]);
}

/**
 * Holds a finger on something until it does what a held press does.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} target
 * @param {import('playwright-core').Locator} until What the held press brings up.
 */
export async function hold(page, target, until) {
  await target.hover();
  await page.mouse.down();
  await until.waitFor();
  await page.mouse.up();
}
