/**
 * The queue's panel as a person reads and uses it.
 */
export class QueuePanel {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
    this.sheet = page.getByTestId('queue-panel');
  }

  /** Opens it from the strip. @param {import('./till.js').Till} till */
  static async open(till) {
    await till.page.getByTestId('pulse-strip').click();
    const panel = new QueuePanel(till.page);
    await panel.lane('Bar').waitFor();
    return panel;
  }

  /** @param {string} printer */
  lane(printer) {
    return this.sheet.getByTestId(`queue-lane-${printer}`);
  }

  /**
   * Waits until a printer's breaker is like this.
   * @param {string} printer
   * @param {'closed' | 'half_open' | 'open'} breaker
   */
  async breaker(printer, breaker) {
    await this.sheet.locator(`[data-testid="queue-lane-${printer}"][data-breaker="${breaker}"]`).waitFor();
  }

  /** Takes a printer out of use, or back into it. @param {string} printer */
  use(printer) {
    return this.sheet.getByTestId(`use-${printer}`);
  }

  /** A ticket that needs a person. @param {string} number */
  stuck(number) {
    return this.sheet.getByTestId(`stuck-${number}`);
  }

  /** The number of a ticket that needs a person, as soon as there is one. */
  async anyStuck() {
    const first = this.sheet.locator('[data-testid^="stuck-"][data-state]').first();
    await first.waitFor();
    return (await first.getAttribute('data-testid'))?.slice('stuck-'.length) ?? '';
  }

  /** Has one tried anew. @param {string} number */
  retry(number) {
    return this.sheet.getByTestId(`retry-${number}`);
  }

  /** Gives one up. @param {string} number */
  clear(number) {
    return this.sheet.getByTestId(`clear-${number}`);
  }

  /** Everything that steers. */
  get controls() {
    return this.sheet.locator(
      '[data-testid^="use-"], [data-testid^="profile-"], [data-testid="workers-count"], [data-testid="turbo-switch"]',
    );
  }

  /** Waits until the workers are so many. @param {number} count */
  async workers(count) {
    await this.sheet
      .getByTestId('workers')
      .filter({ hasText: new RegExp(`(de|of) ${count} `) })
      .waitFor();
  }

  /** Waits until it says why there are so many workers. @param {string} reason */
  async reason(reason) {
    await this.sheet.locator(`[data-testid="workers-reason"][data-reason="${reason}"]`).waitFor();
  }

  async close() {
    await this.sheet.getByTestId('close-sheet').click();
    await this.sheet.waitFor({ state: 'detached' });
  }
}
