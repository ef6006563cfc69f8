/**
 * A shop with very many products, and orders that come by themselves: what is measured happens in it.
 */
import { randomUUID } from 'node:crypto';
import { Core } from '../lib/core.js';
import { PINS } from '../lib/till.js';

/** Commands under way at a time: the store writes them to the disk together. */
const AT_ONCE = 16;
/** The categories between which is switched, and what is in each of them. */
export const FULL = { names: ['Lleno uno', 'Lleno dos'], products: 300 };
const REST = { categories: 38 };

/** The code of a product. @param {number} n */
export const codeOf = (n) => String(7_700_000 + n);

export class Shop {
  /** @type {string} */
  #session = '';
  #kitchen = '';
  /** @type {{ id: string, name: string }[]} */
  #tables = [];
  /** Those of the full categories. @type {{ id: string, short_code: string }[]} */
  products = [];

  /** @param {Core} core */
  constructor(core) {
    this.core = core;
  }

  /** @param {number} products How many are sold. */
  static async open(products) {
    const shop = new Shop(await Core.start());
    try {
      await shop.#stock(products);
      return shop;
    } catch (error) {
      await shop.close();
      throw error;
    }
  }

  async close() {
    await this.core.stop();
  }

  /** @param {string} command @param {object} request */
  #call(command, request) {
    return this.core.call(command, request, this.#session);
  }

  /** @param {number} products */
  async #stock(products) {
    const { users, terminals } = await this.core.call('get_terminal', {});
    const camila = users.find((/** @type {{ name: string }} */ one) => one.name === 'Camila');
    const request = { user_id: camila.id, pin: PINS.Camila, terminal_id: terminals[0].id };
    this.#session = (await this.core.call('log_in', request)).session;
    const setup = await this.#call('get_menu_setup', {});
    const kitchen = setup.stations.find((/** @type {{ name: string }} */ one) => one.name === 'Cocina');
    this.#kitchen = kitchen.id;
    const names = [...FULL.names, ...Array.from({ length: REST.categories }, (_, n) => `Estante ${n + 1}`)];
    const ids = names.map(() => randomUUID());
    for (const [n, name] of names.entries()) {
      await this.#call('save_category', {
        command_id: randomUUID(),
        category_id: ids[n],
        name,
        color: setup.categories[n % setup.categories.length].color,
        station_id: kitchen.id,
        active: true,
      });
    }
    const more = products - setup.products.length;
    const categoryOf = (/** @type {number} */ n) => {
      const full = Math.floor(n / FULL.products);
      return full < FULL.names.length ? full : FULL.names.length + (n % REST.categories);
    };
    let next = 0;
    const worker = async () => {
      for (let n = next++; n < more; n = next++) {
        await this.#call('save_product', {
          command_id: randomUUID(),
          product_id: randomUUID(),
          category_id: ids[categoryOf(n)],
          name: `Producto surtido ${n}`,
          short_code: codeOf(n),
          price_minor: 1_000_000,
          tax_ids: [],
          group_ids: [],
          preparation_minutes: 10,
          station_id: null,
          active: true,
        });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    const { rooms } = await this.#call('get_floor', {});
    this.#tables = rooms.flatMap((/** @type {{ tables: any[] }} */ room) => room.tables);
    const menu = await this.#call('get_menu', {});
    const codes = new Set(Array.from({ length: FULL.products }, (_, n) => codeOf(n)));
    this.products = menu.products.filter((/** @type {any} */ one) => codes.has(one.short_code));
  }

  /** Sends an order of one to three products to the kitchen. @param {number} n */
  async order(n) {
    const lines = Array.from({ length: 1 + (n % 3) }, (_, at) => ({
      id: randomUUID(),
      product_id: this.products[(n * 7 + at) % FULL.products]?.id,
      quantity: 1,
      modifier_ids: [],
      note: null,
      allergy: null,
      course: 1,
    }));
    await this.#call('create_order', {
      command_id: randomUUID(),
      order_id: randomUUID(),
      order_type: 'dine_in',
      table_id: this.#tables[n % this.#tables.length]?.id,
      customer: null,
      covers: 2,
      note: null,
      urgent: false,
      lines,
    });
  }

  /** The tickets of the kitchen that are still to make, oldest first. @returns {Promise<{ id: string }[]>} */
  async tickets() {
    return (await this.#call('list_kitchen_tickets', { station_id: this.#kitchen })).tickets;
  }

  /** @param {string} ticketId */
  async bump(ticketId) {
    await this.#call('bump_ticket', { command_id: randomUUID(), ticket_id: ticketId });
  }
}
