/**
 * The guests' window, in the same browser as the main one.
 */
export class GuestPage {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
  }

  /** Opens it as a person at the till does. @param {import('./till.js').Till} till */
  static async open(till) {
    await till.page.getByTestId('user-menu').click();
    const opened = till.page.context().waitForEvent('page');
    await till.page.getByTestId('open-guests').click();
    return new GuestPage(await opened);
  }

  get calm() {
    return this.page.getByTestId('guest-calm');
  }

  get lines() {
    return this.page.getByTestId('guest-line');
  }

  /** Waits until a line says all this. @param {...string} words */
  async line(...words) {
    let line = this.lines;
    for (const word of words) line = line.filter({ hasText: word });
    await line.waitFor();
  }

  /** Waits until the order comes to this. @param {string} amount */
  async total(amount) {
    await this.page.getByTestId('guest-total').getByText(amount, { exact: true }).waitFor();
  }

  /** Waits until a number is among these. @param {'ready' | 'making'} part @param {string} number */
  async number(part, number) {
    await this.page.getByTestId(`guest-${part}`).getByText(number, { exact: true }).waitFor();
  }

  /**
   * Waits until a number is among these with its kind.
   * @param {'ready' | 'making'} part @param {string} number @param {string} kind
   */
  async kind(part, number, kind) {
    const called = this.page.getByTestId(`guest-${part}`).locator('li');
    await called.filter({ hasText: new RegExp(`^\\s*${number}\\s*${kind}\\s*$`) }).waitFor();
  }
}
