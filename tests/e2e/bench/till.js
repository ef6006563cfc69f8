/**
 * The till under the stopwatch.
 */
import { timed } from './meter.js';
import { codeOf, FULL } from './shop.js';

/** @typedef {import('../lib/till.js').Till} Till */

/** Products that are put into one order before the next one begins. */
const IN_ORDER = 20;
/** A word that is typed letter by letter; 50,000 products answer to it. */
const WORD = 'surtido';
const CART = '[data-testid="cart-line"]';

/**
 * Puts a thing under the finger, so that only the tap is measured.
 * @param {import('playwright-core').Locator} target
 */
async function middle(target) {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error('it is nowhere');
  return /** @type {const} */ ([box.x + box.width / 2, box.y + box.height / 2]);
}

/** @param {Till} till @param {number} repeats */
export async function taps(till, repeats) {
  /** @type {number[]} */
  const took = [];
  for (let n = 0; n < repeats; n += 1) {
    if (n % IN_ORDER === 0) {
      await till.openTable(String(1 + n / IN_ORDER));
      await till.page.getByTestId(`category-${FULL.names[0]}`).click();
    }
    const [x, y] = await middle(till.page.getByTestId(`product-${codeOf(n % IN_ORDER)}`));
    const wanted = { count: (await till.cart.count()) + 1 };
    took.push(
      await timed(till.page, { selector: CART, wanted, input: 'pointerdown' }, () =>
        till.page.mouse.click(x, y),
      ),
    );
  }
  return took;
}

/** Back and forth between the two full categories. @param {Till} till @param {number} repeats */
export async function categories(till, repeats) {
  /** @type {number[]} */
  const took = [];
  for (let n = 0; n < repeats; n += 1) {
    const to = 1 - (n % 2);
    const [x, y] = await middle(till.page.getByTestId(`category-${FULL.names[to]}`));
    const first = `[data-testid="product-${codeOf(to * FULL.products)}"]`;
    const act = () => till.page.mouse.click(x, y);
    took.push(await timed(till.page, { selector: first, wanted: { count: 1 }, input: 'pointerdown' }, act));
  }
  return took;
}

/** A word letter by letter, again and again. @param {Till} till @param {number} repeats */
export async function searches(till, repeats) {
  /** @type {number[]} */
  const took = [];
  const field = till.page.getByTestId('search');
  for (let n = 0; n < repeats; n += 1) {
    await field.click();
    for (let end = 1; end <= WORD.length; end += 1) {
      const wanted = { text: `«${WORD.slice(0, end)}»` };
      const act = () => till.page.keyboard.press(WORD[end - 1] ?? '');
      took.push(
        await timed(till.page, { selector: '[data-testid="search-head"]', wanted, input: 'keydown' }, act),
      );
    }
    await till.page.getByTestId('clear-search').click();
    await till.page.getByTestId('search-head').waitFor({ state: 'detached' });
  }
  return took;
}

/** Codes as a scanner types them; the last key counts. @param {Till} till @param {number} repeats */
export async function scans(till, repeats) {
  /** @type {number[]} */
  const took = [];
  for (let n = 0; n < repeats; n += 1) {
    if (n % IN_ORDER === 0) await till.openTable(String(7 + n / IN_ORDER));
    const code = codeOf(20 + (n % IN_ORDER));
    const wanted = { count: (await till.cart.count()) + 1 };
    const act = async () => {
      await till.page.keyboard.type(code);
      await till.page.keyboard.press('Enter');
    };
    took.push(await timed(till.page, { selector: CART, wanted, input: 'keydown' }, act));
  }
  return took;
}
