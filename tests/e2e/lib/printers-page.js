/**
 * The page of printers and stations as a person reads and uses it.
 */
export class PrintersPage {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
    this.root = page.getByTestId('devices-page');
  }

  /** Opens it from the rail. @param {import('./till.js').Till} till */
  static async open(till) {
    await till.page.getByTestId('nav-printers').click();
    const printers = new PrintersPage(till.page);
    await printers.device('Bar').waitFor();
    return printers;
  }

  /** @param {string} name */
  device(name) {
    return this.root.getByTestId(`device-${name}`);
  }

  /** @param {string} station */
  chain(station) {
    return this.root.getByTestId(`chain-${station}`);
  }

  /** @param {string} terminal */
  terminal(terminal) {
    return this.root.getByTestId(`terminal-${terminal}`);
  }

  get sheet() {
    return this.page.getByTestId('device-sheet');
  }

  get places() {
    return this.page.getByTestId('chain-sheet');
  }

  /** Opens the sheet of a new device of a kind. @param {string} kind */
  async add(kind) {
    await this.root.getByTestId('add-device').click();
    await this.sheet.getByTestId(`device-kind-${kind}`).click();
  }

  /** Fills fields of the open sheet, by their names. @param {Record<string, string>} fields */
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) await this.page.getByTestId(name).fill(value);
  }

  /** Saves the open sheet, and waits until it is gone. */
  async save() {
    await this.sheet.getByTestId('save-device').click();
    await this.sheet.waitFor({ state: 'detached' });
  }

  /** Saves the open sheet, which the core refuses, and gives what it says beside a field. @param {string} field */
  async refused(field) {
    await this.sheet.getByTestId('save-device').click();
    const said = this.sheet.getByTestId(`${field}-problem`);
    await said.waitFor();
    return said.innerText();
  }

  /** Opens the targets of a station. @param {string} station */
  async openChain(station) {
    await this.chain(station).getByTestId('edit-chain').click();
    await this.places.waitFor();
  }

  async saveChain() {
    await this.places.getByTestId('save-chain').click();
    await this.places.waitFor({ state: 'detached' });
  }

  /** Says which printer stands beside a terminal. @param {string} terminal @param {string} printer */
  async beside(terminal, printer) {
    await this.terminal(terminal).getByTestId('edit-beside').click();
    const sheet = this.page.getByTestId('beside-sheet');
    await sheet.getByRole('button', { name: printer, exact: true }).click();
    await sheet.waitFor({ state: 'detached' });
    await this.terminal(terminal).getByTestId('beside-printer').filter({ hasText: printer }).waitFor();
  }

  get tryout() {
    return this.page.getByTestId('tryout-sheet');
  }

  /** A step of setting a printer up. @param {'find' | 'ask' | 'page' | 'stations'} name */
  step(name) {
    return this.tryout.getByTestId(`step-${name}`);
  }

  /** Looks for printers in a network, by the keyboard alone. @param {string} range */
  async search(range) {
    const field = this.tryout.getByTestId('network-range');
    if (!(await field.isVisible())) await this.tryout.locator('summary').press('Enter');
    await field.fill(range);
    await field.press('Enter');
  }

  /** One that was found. @param {string} address */
  found(address) {
    return this.tryout.getByTestId(`found-${address}`);
  }

  /** Waits until the test page is like this. @param {string | RegExp} words */
  async pageIs(words) {
    await this.tryout.getByTestId('page-state').filter({ hasText: words }).waitFor();
  }

  /** What a device is to a station. @param {string} station @param {'first' | 'backup' | 'none'} role */
  role(station, role) {
    return this.tryout.getByTestId(`role-${station}-${role}`);
  }
}
