/**
 * What the core tells so seldom that no evening has all of it: what a search finds, a drawer that was counted, a restaurant
 * with too much on its boards.
 */
import { BIG_SUM, CATEGORIES, LONG_NAME } from '../lib/crowd.js';
import { NOW_MS } from '../lib/frozen.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Of the tickets on a board that is full, and of the products in a category that is. */
const MANY = 60;

/** The next morning at five, when a day of the house begins. */
export const NEXT_DAY_MS = Date.UTC(2025, 8, 20, 10, 0);

/** A board without anything on it. @param {any} board */
export function emptyBoard(board) {
  Object.assign(board, { tickets: [], done: [], day: [], held: [] });
}

/** A board with sixty tickets, all of them late. @param {any} board */
export function fullBoard(board) {
  const patterns = board.tickets;
  board.tickets = Array.from({ length: MANY }, (_, n) => ({
    ...patterns[n % patterns.length],
    id: `${patterns[0].id}-${n}`,
    number: 100 + n,
    created_at: NOW_MS - (MANY - n) * MINUTE_MS,
    late_at: NOW_MS - (MANY - n - 20) * MINUTE_MS,
  }));
}

/**
 * A board on which things changed: a table that wants more, one that sits elsewhere now with the slip that says so, and
 * one that goes first.
 * @param {any} board
 */
export function changedBoard(board) {
  const [first, second, third, ...others] = board.tickets;
  const moved = { from: second.table, was: null, numbers: [second.number], things: [] };
  board.tickets = [
    { ...third, first_at: NOW_MS - MINUTE_MS },
    { ...second, id: `${second.id}-1`, lines: [], item_count: 0, moved, table: '8', number: 990 },
    { ...first, id: `${first.id}-1`, kind: 'change', note: 'Cumpleaños: la vela la pone la mesa' },
    { ...second, moved: { ...moved, numbers: [] }, table: '8' },
    ...others,
  ];
}

/** More orders at the pass than it can show; the bar is done with every third. @param {any} board */
export function fullPass(board) {
  const patterns = [...board.tickets, ...board.done];
  const tickets = Array.from({ length: patterns.length > 0 ? MANY / 2 : 0 }, (_, n) => ({
    ...patterns[n % patterns.length],
    id: `${board.station_id}-${n}`,
    order_id: `order-${n}`,
    order_number: 100 + n,
    number: 100 + n,
    urgent: false,
    state: board.station === 'Bar' && n % 3 === 0 ? 'ready' : 'seen',
    ready_at: NOW_MS - MINUTE_MS,
    created_at: NOW_MS - (MANY / 2 - n) * MINUTE_MS,
    late_at: NOW_MS - (MANY / 2 - n - 15) * MINUTE_MS,
  }));
  board.done = tickets.filter(({ state }) => state === 'ready');
  board.tickets = tickets
    .filter(({ state }) => state !== 'ready')
    .map((ticket) => ({ ...ticket, ready_at: null }));
}

/** A board of long words: where it goes, who ordered, who took it, and what is made. @param {any} board */
export function longBoard(board) {
  const [first, ...others] = board.tickets;
  const waiter = 'Maximiliano Bartolomé';
  board.tickets = [
    {
      ...first,
      id: `${first.id}-1`,
      number: 998,
      table: 'Terraza panorámica',
      waiter,
      room: 'Salón de los espejos',
    },
    { ...first, id: `${first.id}-2`, number: 999, table: 'Estacionamiento 12', waiter },
    {
      ...first,
      id: `${first.id}-3`,
      number: 1_000,
      table: null,
      order_type: 'delivery',
      customer: LONG_NAME,
      waiter,
    },
    ...others.map((/** @type {any} */ ticket, /** @type {number} */ n) => ({ ...ticket, number: 1_001 + n })),
  ];
}

/** A menu of forty categories, of which the first has too much in it. @param {any} setup */
export function fullMenu(setup) {
  const [full] = setup.categories;
  for (let n = setup.categories.length; n < CATEGORIES; n += 1) {
    const name = n % 3 === 0 ? LONG_NAME : `Categoría número ${n}`;
    setup.categories.push({ ...full, id: `${full.id}-${n}`, name });
  }
  const mine = setup.products.filter((/** @type {any} */ one) => one.category_id === full.id);
  for (const [n, product] of mine.entries()) {
    if (n % 2 === 0) Object.assign(product, { name: LONG_NAME, price_minor: BIG_SUM });
    product.active = n !== 1;
  }
  for (let n = 0; n < MANY; n += 1) {
    setup.products.push({ ...mine[0], id: `${mine[0].id}-${n}`, name: `Producto ${n}`, short_code: `c${n}` });
  }
}

/** A menu without anything on it. @param {any} setup */
export function emptyMenu(setup) {
  Object.assign(setup, { categories: [], products: [], groups: [], favourite_ids: [] });
}

/**
 * Two papers of an order of which nobody knows whether they came out.
 * @param {any} answer
 * @param {string} orderId
 */
export function inDoubt(answer, orderId) {
  const paper = {
    order_id: orderId,
    printer_id: orderId,
    printer: 'Barra',
    state: 'uncertain',
    part: null,
    copy: 0,
    possible_duplicate: false,
    problem: null,
    settled_at: null,
  };
  answer.papers = [
    {
      ...paper,
      job_id: `${orderId}-1`,
      kind: 'pre_bill',
      cause: 'no_proof',
      created_at: NOW_MS - 4 * MINUTE_MS,
    },
    {
      ...paper,
      job_id: `${orderId}-2`,
      kind: 'receipt',
      cause: 'partial_write',
      created_at: NOW_MS - MINUTE_MS,
    },
  ];
}

/**
 * A counter with much to call: four orders are ready, two of them with the same number, eleven are being made.
 * @param {any} floor
 */
export function busyCounter(floor) {
  const pattern = floor.others.find((/** @type {any} */ order) => order.order_type === 'take_away');
  floor.others = Array.from({ length: 15 }, (_, n) => ({
    ...pattern,
    id: `${pattern.id}-${n}`,
    order_type: n === 0 ? 'counter' : 'take_away',
    number: n === 0 ? 990 : 987 + n,
    status: n < 4 ? 'ready' : pattern.status,
  }));
}

/** A piece of cake on its plate, as the file of a picture. */
export const CAKE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 320" width="480" height="320">
<rect width="480" height="320" fill="#7a4a2b"/><ellipse cx="240" cy="236" rx="176" ry="52" fill="#5c351d"/>
<ellipse cx="240" cy="226" rx="170" ry="48" fill="#f4efe6"/><ellipse cx="240" cy="224" rx="128" ry="32" fill="#e5dccd"/>
<path d="M140 128h200v88q-100 26-200 0z" fill="#f2d9a0"/><path d="M140 166h200v16q-100 22-200 0z" fill="#fff8ea"/>
<path d="M140 128q100-34 200 0-100 34-200 0z" fill="#fffdf7"/><circle cx="240" cy="112" r="17" fill="#b3202c"/>
<path d="M240 96q8-24 26-28" fill="none" stroke="#3d6b2e" stroke-width="4"/></svg>`;

/** A floor at which nobody sits. @param {any} floor */
export function freeFloor(floor) {
  floor.others = [];
  for (const room of floor.rooms) for (const table of room.tables) table.orders = [];
}

/**
 * A drawer that was counted, and lacks something: closed for who asks what is open, told of by its name.
 * @param {any} till
 * @param {{ session_id: string | null }} request
 */
export function countedTill(till, { session_id }) {
  if (session_id === null) {
    till.session = null;
    return;
  }
  till.session.closed = {
    at: NOW_MS - 2 * MINUTE_MS,
    by: 'Luisa',
    counted_minor: 16_800_000,
    expected_minor: 18_800_000,
    difference_minor: -2_000_000,
    note: 'Faltó un vuelto',
  };
}

/** A search of the network that found two printers and had no time for all of it. */
export const FOUND = {
  range: '192.168.1.0/24',
  complete: false,
  problems: [
    {
      es: 'No se pueden ver los aparatos USB de este equipo: dé permiso al programa, o escriba la dirección.',
      en: 'The USB devices of this computer cannot be seen: give the program leave, or write the address.',
    },
  ],
  printers: [
    { name: 'Epson TM-T20III', model_id: 'TM-T20III', problem: null },
    {
      name: '192.168.1.61',
      model_id: null,
      problem: { es: 'Sin papel: cambie el rollo.', en: 'Out of paper: change the roll.' },
    },
  ].map((printer, n) => ({
    ...printer,
    at: 'network',
    address: `tcp://192.168.1.${60 + n}:9100`,
    answered: true,
    model: null,
    profile: null,
    device_id: null,
  })),
};

/** A look at the cables that found nothing. */
export const NO_CABLES = { printers: [], range: null, complete: true, problems: [] };

/** A printer that does not say anything. */
export const SILENT = {
  answered: false,
  model_id: null,
  model: null,
  proof: null,
  device_id: null,
  problem: { es: 'No responde: revise su cable.', en: 'It does not answer: check its cable.' },
  profile: {
    columns: 48,
    code_page: 'cp858',
    code_table: 19,
    proof: 'none',
    abilities: null,
    drawer: null,
  },
};

export const BACKUP_FAILED = {
  es: 'Falló una copia de seguridad: en el disco de /datos/backups quedan 3 MB y hacen falta 42 MB. Libere espacio.',
  en: 'A backup failed: the disk of /datos/backups has 3 MB left and 42 MB are needed. Free some space.',
};

export const DATA_DAMAGED = {
  es: 'El archivo de datos está dañado. Cierre FastOps y ábralo de nuevo: le ofrece la última copia buena.',
  en: 'The data file is damaged. Close FastOps and open it again: it offers the last good backup.',
};

/** One alert that is open and one that is over. */
export const ALERTS = {
  shown: true,
  open: [
    {
      id: '01900000-0000-7000-8000-000000000001',
      kind: 'backup_failed',
      severity: 'warning',
      raised_at: NOW_MS - 31 * MINUTE_MS,
      resolved_at: null,
      text: BACKUP_FAILED,
    },
  ],
  past: [
    {
      id: '01900000-0000-7000-8000-000000000002',
      kind: 'printer_trouble',
      severity: 'critical',
      raised_at: NOW_MS - 3 * HOUR_MS,
      resolved_at: NOW_MS - 3 * HOUR_MS + 10 * MINUTE_MS,
      text: { es: 'Sin papel en Cocina: cambie el rollo.', en: 'Out of paper at Cocina: change the roll.' },
    },
  ],
};

/** A file of products: two rows that cannot be, a price that jumps, one that changes, and a category that is new. */
export const PRODUCTS_FILE = [
  'Código;Nombre;Categoría;Precio',
  '502;Papa criolla;Acompañamientos;99.000',
  '503;Yuca frita;Acompañamientos;21,500',
  '504;Arroz con coco;Acompañamientos;9.800',
  '951;Calentado;Desayunos;9000',
  '952;;Desayunos;12000',
].join('\r\n');

/** A start that found its data damaged, and a good backup. */
export const DAMAGED_START = {
  code: 'data_damaged',
  message: 'La base de datos /var/lib/fastops/fastops.db está dañada. No se ha cambiado nada.',
  offer: { at: NOW_MS - 3 * HOUR_MS, last_order: { number: 482, at: NOW_MS - 3 * HOUR_MS - 2 * MINUTE_MS } },
};

/** A start without any house. */
export const FIRST_START = { code: 'not_set_up', message: '', offer: null };

/** What is proposed to whoever founds a house. */
export const FOUNDING = {
  most_tables: 60,
  countries: [
    { code: 'CO', currency: 'COP', tax: 'INC', tax_bp: 800, included: true },
    { code: 'MX', currency: 'MXN', tax: 'IVA', tax_bp: 1_600, included: true },
  ],
};
