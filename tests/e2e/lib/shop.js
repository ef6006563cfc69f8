/**
 * A restaurant that has closed for the night: an order that is in its last backup, one that is not, and the ways
 * in which its data can come to harm.
 */
import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cli } from './cli.js';
import { Core } from './core.js';
import { PINS } from './till.js';

/** What both orders are of. */
export const PRODUCT = 'Papa criolla';
/** The table whose order is in the backup, and the one whose order is not. */
export const KEPT = '12';
export const LOST = '4';

export class ClosedShop {
  /** @param {Core} core */
  constructor(core) {
    this.core = core;
  }

  /** @param {{ backup?: boolean }} [options] */
  static async make({ backup = true } = {}) {
    const shop = new ClosedShop(await Core.start());
    await shop.#order(KEPT);
    if (backup) await shop.#backUp();
    await shop.#order(LOST);
    await shop.core.leave();
    return shop;
  }

  /** The folder of the data. */
  get folder() {
    return this.core.folder;
  }

  get database() {
    return path.join(this.folder, 'fastops.db');
  }

  /** Changes a few bytes in the middle of the file, and gives the file as it is then. */
  async damage() {
    const bytes = await readFile(this.database);
    bytes.fill(0x5a, bytes.length >> 1, (bytes.length >> 1) + 64);
    await writeFile(this.database, bytes);
    return bytes;
  }

  /** Takes the file away, and gives how to bring it back. */
  async lose() {
    const bytes = await readFile(this.database);
    await rm(this.database);
    return () => writeFile(this.database, bytes);
  }

  /**
   * The databases that were put into a folder of their own, by `damaged` or `replaced`.
   * @param {'damaged' | 'replaced'} kind
   */
  async setAside(kind) {
    const parent = path.join(this.folder, kind);
    const folders = await readdir(parent).catch(() => []);
    return Promise.all(folders.map((folder) => readFile(path.join(parent, folder, 'fastops.db'))));
  }

  /** Whether there is a file in the store's place. */
  async hasDatabase() {
    return (await readdir(this.folder)).includes('fastops.db');
  }

  async remove() {
    await this.core.stop();
  }

  async #backUp() {
    const made = await cli('backup', '--data', this.folder);
    if (made.code !== 0) throw new Error(`no backup: ${made.failure?.message}`);
  }

  /** @param {string} table */
  async #order(table) {
    const { users, terminals } = await this.core.call('get_terminal', {});
    const ana = users.find((/** @type {{ name: string }} */ one) => one.name === 'Ana');
    const request = { user_id: ana.id, pin: PINS.Ana, terminal_id: terminals[0].id };
    const { session } = await this.core.call('log_in', request);
    const { products } = await this.core.call('get_menu', {}, session);
    const { rooms } = await this.core.call('get_floor', {}, session);
    const product = products.find((/** @type {{ name: string }} */ one) => one.name === PRODUCT);
    const place = rooms
      .flatMap((/** @type {{ tables: object[] }} */ room) => room.tables)
      .find((/** @type {{ name: string }} */ one) => one.name === table);
    const line = { id: randomUUID(), product_id: product.id, quantity: 1, modifier_ids: [] };
    const order = {
      command_id: randomUUID(),
      order_id: randomUUID(),
      order_type: 'dine_in',
      table_id: place.id,
      customer: null,
      covers: 2,
      note: null,
      urgent: false,
      lines: [{ ...line, note: null, allergy: null, course: 1 }],
    };
    await this.core.call('create_order', order, session);
    await this.core.paper('Cocina', `Mesa ${table}`, PRODUCT);
  }
}
