/**
 * The page for people and what they may do, as a person reads and uses it.
 */
export class PeoplePage {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
    this.root = page.getByTestId('people-page');
  }

  /** Opens it from the rail. @param {import('./till.js').Till} till */
  static async open(till) {
    await till.page.getByTestId('nav-people').click();
    const people = new PeoplePage(till.page);
    await people.person('Ana').waitFor();
    return people;
  }

  get sheet() {
    return this.page.getByTestId('person-sheet');
  }

  /** @param {string} name */
  person(name) {
    return this.root.getByTestId(`person-${name}`);
  }

  /** @param {string} name */
  async edit(name) {
    await this.person(name).getByTestId('edit-person').click();
    await this.sheet.waitFor();
  }

  /** Types a PIN and what is meant to be the same one. @param {string} pin @param {string} [again] */
  async pin(pin, again = pin) {
    await this.sheet.getByTestId('person-pin').fill(pin);
    await this.sheet.getByTestId('person-pin-again').fill(again);
  }

  async save() {
    await this.sheet.getByTestId('save-person').click();
    await this.sheet.waitFor({ state: 'detached' });
  }

  /** Saves the open sheet, which is refused, and gives what is said beside a field. @param {string} field */
  async refused(field) {
    await this.sheet.getByTestId('save-person').click();
    const said = this.sheet.getByTestId(`person-${field}-problem`);
    await said.waitFor();
    return said.innerText();
  }

  /** Shows another part of the page. @param {'people' | 'roles'} part */
  async show(part) {
    await this.root.locator(`[data-tab="${part}"]`).click();
  }

  /** The switch of a role. @param {string} role @param {string} permission */
  may(role, permission) {
    return this.root.getByTestId(`may-${role}-${permission}`);
  }
}
