/**
 * The page on which rooms and tables are arranged, as a person reads and uses it.
 */
import { hush } from './toasts.js';
import { until } from './until.js';

export class FloorPage {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
    this.root = page.getByTestId('floor-setup');
  }

  /** Opens it from the rail. @param {import('./till.js').Till} till */
  static async open(till) {
    await till.page.getByTestId('nav-floor-plan').click();
    const floor = new FloorPage(till.page);
    await floor.root.getByTestId('plan-grid').waitFor();
    return floor;
  }

  get sheet() {
    return this.page.locator('dialog[open]');
  }

  /** @param {string} name */
  table(name) {
    return this.root.getByTestId(`plan-table-${name}`);
  }

  /** Where a table is shown: `x,y,width,height`. @param {string} name */
  async spot(name) {
    return this.table(name).getAttribute('data-spot');
  }

  /** Waits until a table is where the core has it. @param {string} name @param {string} spot */
  async stands(name, spot) {
    await this.root
      .locator(
        `[data-testid="plan-table-${name}"][data-spot="${spot}"][aria-busy="false"][data-lifted="false"]`,
      )
      .waitFor();
    await this.idle();
  }

  /** Waits until nothing is being saved. */
  async idle() {
    const saving = this.root.getByTestId('plan-saving');
    await until('nothing is being saved', async () => (await saving.innerText()) === '');
  }

  /**
   * Drags a table, or its corner, so many units right and down, as a hand does: press, wander, let go.
   * @param {string} name
   * @param {number} right
   * @param {number} down
   * @param {{ corner?: boolean, before?: () => Promise<void> }} [options] `before`: while it is held there.
   */
  async drag(name, right, down, { corner = false, before } = {}) {
    await hush(this.page);
    const unit = Number(await this.root.getByTestId('plan-grid').getAttribute('data-unit'));
    const grip = corner ? this.root.getByTestId(`corner-${name}`) : this.table(name);
    const box = await grip.boundingBox();
    if (!box) throw new Error(`table ${name} is nowhere`);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + right * unit, y + down * unit, { steps: 6 });
    await this.root.locator(`[data-testid="plan-table-${name}"][data-lifted="true"]`).waitFor();
    await before?.();
    await this.page.mouse.up();
  }

  /** Opens the sheet of a table. @param {string} name */
  async edit(name) {
    await this.idle();
    await this.table(name).click();
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
    await this.idle();
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

  /** Gives up what is open. */
  async escape() {
    await this.page.keyboard.press('Escape');
    await this.sheet.waitFor({ state: 'detached' });
  }
}
