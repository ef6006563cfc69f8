/**
 * Orders in a waiter's hands: what takes them to other tables, other bills and other people.
 */
import { hush } from './toasts.js';

export class Hands {
  /** @param {import('./till.js').Till} till */
  constructor(till) {
    this.till = till;
    this.page = till.page;
  }

  /** @param {string} name */
  table(name) {
    return this.page.getByTestId(`table-${name}`);
  }

  get carry() {
    return this.page.getByTestId('carry-bar');
  }

  async toTables() {
    await this.page.getByTestId('nav-tables').click();
    await this.till.floor.waitFor();
  }

  /** Waits until a table has this many orders. @param {string} name @param {number} count */
  async orders(name, count) {
    const tile = `[data-testid="table-${name}"]`;
    const looks = [`${tile}[data-state="free"]`, `${tile}:not([data-state="free"]):not(:has(.orders))`];
    const look = looks[count];
    await (look ? this.page.locator(look) : this.table(name).getByText(`×${count}`)).waitFor();
  }

  /**
   * Drags one table to another, as a hand does: press, wander, let go.
   * @param {string} from
   * @param {string} to
   * @param {() => Promise<void>} [before] While it is over the other table.
   */
  async drag(from, to, before) {
    // Only what is there, and on its way nowhere, can be taken hold of.
    await this.page.locator(`[data-testid="table-${from}"]:not([data-state="free"])`).waitFor();
    await this.page.locator('[data-part="under-way"]').first().waitFor({ state: 'detached' });
    await hush(this.page);
    await this.table(from).hover();
    await this.page.mouse.down();
    const box = await this.table(to).boundingBox();
    if (!box) throw new Error(`table ${to} is nowhere`);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x, y, { steps: 6 });
    // A hand is never still: over the table it goes on wandering a little.
    for (let wander = 1; wander <= 8; wander += 1) await this.page.mouse.move(x + (wander % 2), y);
    await this.page.locator(`[data-testid="table-${to}"][data-part="target"]`).waitFor();
    await before?.();
    await this.page.mouse.up();
  }

  /** Opens the order's menu and chooses. @param {'move' | 'parts' | 'split' | 'lines' | 'merge' | 'give'} what */
  async menu(what) {
    await this.page.getByTestId('order-menu').click();
    await this.page.getByTestId(`order-${what}`).click();
  }

  /** Number of the order in hand. */
  async number() {
    const text = await this.page.getByTestId('order-details').innerText();
    const number = /#(\d+)/.exec(text)?.[1];
    if (!number) throw new Error(`no number in «${text}»`);
    return number;
  }

  /** Checks lines by the names of their products. @param {...string} names */
  async check(...names) {
    for (const name of names) await this.page.getByTestId('split-line').filter({ hasText: name }).click();
  }

  /** An order of these products at a table, on paper. @param {string} table @param {...[string, string]} products */
  async order(table, ...products) {
    await this.till.openTable(table);
    for (const [category, code] of products) await this.till.pick(category, code);
    await this.till.sendOrder();
    await this.page.getByTestId('order-menu').waitFor();
    return this.number();
  }
}
