/**
 * A shop with very many products, as a house has it: the core is a program, each of its printers another one, so that
 * memory is told apart. Its products come in files, as a house brings them. What is measured happens in it.
 */
import { randomUUID } from 'node:crypto';
import { cp } from 'node:fs/promises';
import { cli } from '../lib/cli.js';
import { Core } from '../lib/core.js';
import { temporaryFolder } from '../lib/paths.js';
import { PrinterSim } from '../lib/printer-sim.js';
import { PINS } from '../lib/till.js';

/** The categories between which is switched, and what is in each of them. */
export const FULL = { names: ['Lleno uno', 'Lleno dos'], products: 300 };
const REST = { categories: 38 };
/** As many as the core takes from one file. */
const ROWS_A_FILE = 10_000;
const STATIONS = ['cocina', 'bar', 'postres'];
const HEADERS = 'Código;Nombre;Categoría;Precio;Estación;Minutos de preparación';

/** The code of a product. @param {number} n */
export const codeOf = (n) => String(7_700_000 + n);

/** @param {number} n */
function categoryOf(n) {
  return FULL.names[Math.floor(n / FULL.products)] ?? `Estante ${1 + (n % REST.categories)}`;
}

/** The lines of a file of products, from one to before another. @param {number} from @param {number} to */
function file(from, to) {
  const row = (/** @type {number} */ n) =>
    [codeOf(n), `Producto surtido ${n}`, categoryOf(n), '10000', 'Cocina', '10'].join(';');
  return [HEADERS, ...Array.from({ length: to - from }, (_, n) => row(from + n))].join('\r\n');
}

/** Gives the stations of the data printers that are programs of their own. @param {string} data */
async function withPrinters(data) {
  const printers = await Promise.all(STATIONS.map(() => PrinterSim.start('instant')));
  const given = STATIONS.flatMap((code, n) => ['--printer', `${code}=${printers[n]?.address}`]);
  const { code, failure } = await cli('demo', '--data', data, ...given);
  if (code !== 0) throw new Error(`the shop has no printers: ${failure?.message}`);
  return printers;
}

export class Shop {
  #session = '';
  #kitchen = '';
  /** @type {PrinterSim[]} */
  #printers = [];
  /** @type {{ id: string, name: string }[]} */
  #tables = [];
  /** Those of the full categories. @type {{ id: string, short_code: string }[]} */
  products = [];

  /** @param {Core} core */
  constructor(core) {
    this.core = core;
  }

  /** @param {number} products How many are sold, beside those of the demonstration. */
  static async open(products) {
    const shop = new Shop(new Core(await temporaryFolder(), undefined, false));
    try {
      shop.#printers = await withPrinters(shop.core.folder);
      await shop.core.resume();
      await shop.#stock(products);
      return shop;
    } catch (error) {
      await shop.close();
      throw error;
    }
  }

  async close() {
    await this.core.stop();
    for (const printer of this.#printers) await printer.stop();
  }

  /** The same shop in another folder, with printers of its own, closed; this one must be closed too. */
  async twin() {
    const twin = new Shop(new Core(await temporaryFolder(), undefined, false));
    await cp(this.core.folder, twin.core.folder, { recursive: true });
    twin.#printers = await withPrinters(twin.core.folder);
    return twin;
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
    const { stations } = await this.#call('get_menu_setup', {});
    this.#kitchen = stations.find((/** @type {{ name: string }} */ one) => one.name === 'Cocina').id;
    for (let from = 0; from < products; from += ROWS_A_FILE) {
      await this.#import(file(from, Math.min(from + ROWS_A_FILE, products)));
    }
    const { rooms } = await this.#call('get_floor', {});
    this.#tables = rooms.flatMap((/** @type {{ tables: any[] }} */ room) => room.tables);
    const menu = await this.#call('get_menu', {});
    const codes = new Set(Array.from({ length: FULL.products }, (_, n) => codeOf(n)));
    this.products = menu.products.filter((/** @type {any} */ one) => codes.has(one.short_code));
  }

  /** Brings products in as a person does: looks at what the file would change, and takes that. @param {string} text */
  async #import(text) {
    const bytes = Buffer.from(text).toString('base64');
    const { rows } = await this.#call('preview_import', { bytes });
    const seen = rows.map((/** @type {{ seen: string }} */ row) => row.seen);
    const request = { command_id: randomUUID(), name: 'productos.csv', bytes, seen, skip_errors: false };
    const { created } = await this.#call('import_products', request);
    if (created !== rows.length) throw new Error(`${created} of ${rows.length} products came in`);
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
