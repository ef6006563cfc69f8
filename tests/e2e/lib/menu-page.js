/**
 * The page on which the menu is written, as a person reads and uses it.
 */
export class MenuPage {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
    this.root = page.getByTestId('menu-setup');
  }

  /** Opens it from the rail. @param {{ page: import('playwright-core').Page }} till Whose screen it is. */
  static async open(till) {
    await till.page.getByTestId('nav-menu').click();
    const menu = new MenuPage(till.page);
    await menu.root.getByTestId('setup-products').waitFor();
    return menu;
  }

  get sheet() {
    return this.page.locator('dialog[open]');
  }

  /** @param {string} name */
  category(name) {
    return this.root.getByTestId(`setup-category-${name}`);
  }

  /** The row of a product of the category that is shown. @param {string} code */
  product(code) {
    return this.root.getByTestId(`setup-product-${code}`);
  }

  /** Opens the sheet of a product. @param {string} category @param {string} code */
  async edit(category, code) {
    await this.category(category).click();
    await this.product(code).click();
    await this.sheet.waitFor();
  }

  /** Fills fields of the open sheet, by their names. @param {Record<string, string>} fields */
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) await this.page.getByTestId(name).fill(value);
  }

  /** Saves the open sheet, and waits until it is gone. @param {string} what */
  async save(what) {
    await this.sheet.getByTestId(`save-${what}`).click();
    await this.sheet.waitFor({ state: 'detached' });
  }

  /**
   * Saves the open sheet, which is refused, and gives what is said beside a field.
   * @param {string} what
   * @param {string} field
   */
  async refused(what, field) {
    await this.sheet.getByTestId(`save-${what}`).click();
    const said = this.sheet.getByTestId(`${field}-problem`);
    await said.waitFor();
    return said.innerText();
  }

  /** Shows another part of the page. @param {'products' | 'questions' | 'prices' | 'taxes'} part */
  async show(part) {
    await this.root.locator(`[data-tab="${part}"]`).click();
  }
}
