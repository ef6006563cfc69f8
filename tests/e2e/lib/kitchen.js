/**
 * The kitchen's window as a cook uses it.
 */
import { signIn } from './till.js';

/** The kitchen display of one station. */
export class Kitchen {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
  }

  /**
   * Opens the display, signs in with the kitchen's user and chooses the station.
   * @param {import('playwright-core').BrowserContext} context
   * @param {import('./core.js').Core} core
   * @param {string} station
   */
  static async open(context, core, station) {
    const page = await context.newPage();
    await page.goto(core.page('/kitchen'));
    await signIn(page, 'Cocina');
    await page.getByTestId(`station-${station}`).click();
    const kitchen = new Kitchen(page);
    await kitchen.connection('connected');
    return kitchen;
  }

  get disconnected() {
    return this.page.getByTestId('disconnected');
  }

  get storeAway() {
    return this.page.getByTestId('store-away');
  }

  get idle() {
    return this.page.getByTestId('nothing-to-do');
  }

  /** @param {'connected' | 'disconnected'} state */
  async connection(state) {
    await this.page.locator(`[data-testid="connection"][data-state="${state}"]`).waitFor();
  }

  /**
   * The card of a ticket, by its number as on the paper.
   * @param {string} number
   */
  ticket(number) {
    return this.page.getByTestId(`ticket-${Number(number)}`);
  }

  /** @param {string} number */
  async bump(number) {
    await this.page.getByTestId(`bump-${Number(number)}`).click();
    await this.ticket(number).waitFor({ state: 'detached' });
  }

  async undo() {
    await this.page.getByTestId('undo').click();
  }
}
