/**
 * The page of the till as whoever keeps it reads and uses it.
 */
export class TillPage {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
    this.root = page.getByTestId('till-page');
  }

  /** Opens it from the rail. @param {import('./till.js').Till} till */
  static async open(till) {
    await till.page.getByTestId('nav-till').click();
    const page = new TillPage(till.page);
    await page.root.waitFor();
    return page;
  }

  /** The sheet of a count: the float that opens it, or what closes it. @param {'float' | 'closing'} name */
  sheet(name) {
    return this.page.getByTestId(`${name}-sheet`);
  }

  get move() {
    return this.page.getByTestId('move-sheet');
  }

  get verdict() {
    return this.root.getByTestId('verdict');
  }

  /** Waits until the drawer is like this. @param {boolean} open */
  async isOpen(open) {
    await this.page.locator(`[data-testid="till-page"][data-open="${open}"]`).waitFor();
  }

  /** What stands beside a figure. @param {'float' | 'in' | 'out' | 'total'} part @param {string} amount */
  async says(part, amount) {
    await this.root.getByTestId(`till-${part}`).getByText(amount, { exact: true }).waitFor();
  }

  /**
   * Counts pieces with the keyboard, one after the other.
   * @param {'float' | 'closing'} name
   * @param {Record<string, string>} pieces How many of each, by its amount as it is shown.
   */
  async count(name, pieces) {
    for (const [piece, many] of Object.entries(pieces)) {
      await this.sheet(name).getByTestId(`${name}-piece-${piece}`).fill(many);
    }
  }

  /** Waits until the button that saves says this. @param {'float' | 'closing' | 'move'} name @param {string} words */
  async button(name, words) {
    await this.page.getByTestId(`save-${name}`).getByText(words, { exact: true }).waitFor();
  }

  /** Presses what saves an open sheet. @param {'float' | 'closing' | 'move'} name */
  async press(name) {
    await this.page.getByTestId(`save-${name}`).click();
  }

  /** Saves an open sheet. @param {'float' | 'closing' | 'move'} name */
  async save(name) {
    await this.press(name);
    await this.page.getByTestId(`${name}-sheet`).waitFor({ state: 'detached' });
  }

  /** Types an amount with the digits under a finger. @param {string} digits */
  async amount(digits) {
    for (const digit of digits) await this.move.getByTestId(`move-amount-${digit}`).click();
  }

  /** What is said beside a part of the sheet. @param {string} part */
  async problem(part) {
    const said = this.page.getByTestId(`${part}-problem`);
    await said.waitFor();
    return said.innerText();
  }

  /** Prints at a printer. @param {'x' | 'z'} report @param {string} printer */
  async print(report, printer) {
    await this.root.getByTestId(`print-${report}`).click();
    await this.page.getByTestId('where-sheet').getByRole('button', { name: printer }).click();
  }

  /** Waits until the paper is like this. @param {'x' | 'z'} report @param {string} state */
  async paper(report, state) {
    const shown = `[data-testid="bill-state"][data-state="${state}"]`;
    await this.root.getByTestId(`report-${report}`).locator(shown).waitFor();
  }
}
