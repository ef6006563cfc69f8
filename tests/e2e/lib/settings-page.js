/**
 * The page on which the house decides for itself, as a person reads and uses it.
 */
export class SettingsPage {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
    this.root = page.getByTestId('settings-page');
  }

  /** Opens it from the rail. @param {import('./till.js').Till} till */
  static async open(till) {
    await till.page.getByTestId('nav-settings').click();
    const settings = new SettingsPage(till.page);
    await settings.root.getByTestId('group-printing').waitFor();
    return settings;
  }

  /** @param {string} key */
  row(key) {
    return this.root.getByTestId(`setting-${key}`);
  }

  /** The field of a number or of words. @param {string} key */
  field(key) {
    return this.root.getByTestId(`${key}-value`);
  }

  /** Waits until it reads like this. @param {string} key @param {string} text */
  async reads(key, text) {
    const field = this.field(key);
    await field.waitFor();
    const shown = await field.elementHandle();
    await this.page.waitForFunction(
      ([input, wanted]) => /** @type {HTMLInputElement | HTMLTextAreaElement} */ (input).value === wanted,
      /** @type {const} */ ([shown, text]),
    );
  }

  /** Types a value and says it. @param {string} key @param {string} text */
  async type(key, text) {
    await this.field(key).fill(text);
    await this.field(key).press('Enter');
  }

  /** Waits until it is said where a value comes from. @param {string} key @param {string} source */
  async from(key, source) {
    await this.root.locator(`[data-testid="setting-${key}"][data-source="${source}"]`).waitFor();
  }

  /** What is said beside a setting that was refused. @param {string} key */
  async refused(key) {
    const said = this.row(key).getByTestId(`${key}-problem`);
    await said.waitFor();
    return said.innerText();
  }

  /** Decides for somebody else. @param {'company' | 'branch' | 'terminal'} level */
  async decideFor(level) {
    await this.root.getByTestId(`level-${level}`).click();
    await this.root.locator(`[data-testid="level-${level}"][aria-pressed="true"]`).waitFor();
  }

  /** The row of the picture on bills and receipts. */
  get logo() {
    return this.root.getByTestId('receipt-logo');
  }

  /** Waits until there is a picture, none, or one that is looked at. @param {'kept' | 'none' | 'tried'} state */
  async logoIs(state) {
    await this.root.locator(`[data-testid="receipt-logo"][data-state="${state}"]`).waitFor();
  }

  /** Chooses a picture file. @param {string} mimeType @param {Buffer} buffer */
  async chooseLogo(mimeType, buffer) {
    await this.logo.getByTestId('receipt-logo-file').setInputFiles({ name: 'logo', mimeType, buffer });
  }

  /** How many dots of the picture are black on a paper. @param {80 | 58} mm */
  async blackDots(mm) {
    const canvas = this.logo.getByTestId(`logo-look-${mm}`);
    return canvas.evaluate((/** @type {HTMLCanvasElement} */ drawn) => {
      const { data } = drawn.getContext('2d')?.getImageData(0, 0, drawn.width, drawn.height) ?? { data: [] };
      return Array.from(data).filter((value, at) => at % 4 === 0 && value < 128).length;
    });
  }

  /** What is said of a picture that was refused. */
  async logoRefused() {
    const said = this.logo.getByTestId('receipt-logo-problem');
    await said.waitFor();
    return said.innerText();
  }

  /** The message that has these words. @param {string | RegExp} text */
  toast(text) {
    return this.page.getByTestId('toast').filter({ hasText: text });
  }
}
