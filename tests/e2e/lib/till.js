/**
 * The till as a person uses it: every step waits for what that person would see before going on.
 */
import assert from 'node:assert/strict';
import { tap } from './taps.js';

/** People of the demonstration and their PINs. */
export const PINS = {
  Camila: '1111',
  Jorge: '2222',
  Luisa: '3333',
  Ana: '4444',
  Luis: '5555',
  Cocina: '6666',
};

/** @typedef {keyof typeof PINS} Person */

/**
 * Chooses the terminal if that is asked, then the person, and types a PIN.
 * @param {import('playwright-core').Page} page
 * @param {Person} person
 * @param {string} [pin]
 */
export async function signIn(page, person, pin = PINS[person]) {
  const user = page.getByTestId(`user-${person}`);
  const terminal = page.getByTestId('terminal-Caja 1');
  await user.or(terminal).first().waitFor();
  if (await terminal.isVisible()) await terminal.click();
  await user.click();
  await typePin(page, pin);
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} pin
 */
export async function typePin(page, pin) {
  for (const digit of pin) await page.getByTestId(`pin-${digit}`).click();
}

/**
 * Leaves a page and comes back to it, so that it reads everything anew. A press that comes before the other page is
 * there would take that way back, and the first page would never have been left.
 * @param {import('playwright-core').Page} page
 * @param {string} name as in the rail
 */
export async function comeBackTo(page, name) {
  await page.getByTestId('nav-tables').click();
  await page.locator('[data-testid="nav-tables"][aria-current="page"]').waitFor();
  await page.getByTestId(`nav-${name}`).click();
}

/** The main window of one person. */
export class Till {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
  }

  /**
   * Opens the till and signs in.
   * @param {import('playwright-core').BrowserContext} context
   * @param {import('./core.js').Core} core
   * @param {Person} person
   */
  static async open(context, core, person) {
    const page = await context.newPage();
    await page.goto(core.url);
    await signIn(page, person);
    const till = new Till(page);
    await till.floor.waitFor();
    return till;
  }

  get floor() {
    return this.page.getByTestId('floor');
  }

  get send() {
    return this.page.getByTestId('send-order');
  }

  get cart() {
    return this.page.getByTestId('cart-line');
  }

  get disconnected() {
    return this.page.getByTestId('disconnected');
  }

  get storeAway() {
    return this.page.getByTestId('store-away');
  }

  /** Waits until the order comes to this. @param {string} amount */
  async total(amount) {
    await this.page.getByTestId('order-total').filter({ hasText: amount }).waitFor();
  }

  /**
   * A line that was sent, by the name of its product.
   * @param {string} name
   */
  sent(name) {
    return this.page.getByTestId('sent-line').filter({ hasText: name });
  }

  /**
   * How far a sent line is, in one word.
   * @param {string} name
   * @param {...string} ticks Any of them will do.
   */
  async tick(name, ...ticks) {
    const wanted = ticks.map((tick) => `[data-testid="tick"][data-tick="${tick}"]`).join(', ');
    await this.sent(name).locator(wanted).first().waitFor({ state: 'attached' });
  }

  /** @param {string} name */
  async openTable(name) {
    await this.page.getByTestId('nav-tables').click();
    await tap(this.page.getByTestId(`table-${name}`));
    // The panel keeps the title of the order before until this one is there.
    const title = new RegExp(`(^|\\s)${name}(\\s|$)`);
    await this.page.getByTestId('order-title').filter({ hasText: title }).waitFor();
  }

  /**
   * @param {string} category
   * @param {string} code
   */
  async pick(category, code) {
    await this.page.getByTestId(`category-${category}`).click();
    await tap(this.page.getByTestId(`product-${code}`));
  }

  /** Sends the cart and waits until every line of it is in the core's hands. */
  async sendOrder() {
    await this.send.click();
    await this.cart.first().waitFor({ state: 'detached' });
  }

  /** Numbers of the tickets in the order in hand, newest first, as `{ station, number }`. */
  async tickets() {
    const rows = this.page.locator('[data-testid^="ticket-"][data-station]');
    await rows.first().waitFor();
    return rows.evaluateAll((items) =>
      items.map((item) => ({
        station: item.getAttribute('data-station') ?? '',
        number: (item.getAttribute('data-testid') ?? '').replace('ticket-', ''),
      })),
    );
  }

  /**
   * The number of the newest ticket of a station, such as `041`.
   * @param {string} station
   */
  async ticketOf(station) {
    const ticket = (await this.tickets()).find((one) => one.station === station);
    assert.ok(ticket, `the order has a ticket of ${station}`);
    return ticket.number;
  }

  /**
   * Stations count their tickets each for itself: a number alone says too little.
   * @param {string} station
   * @param {string} number
   */
  async reprint(station, number) {
    await this.page.locator(`[data-station="${station}"]`).getByTestId(`reprint-${number}`).click();
  }
}
