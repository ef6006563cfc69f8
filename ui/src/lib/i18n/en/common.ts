// Words that several screens share.

import type { Catalogue } from '../es';
import { plural } from '../plural';

export const common: Catalogue['common'] = {
  product: 'FastOps',
  close: 'Close',
  cancel: 'Cancel',
  retry: 'Try again',
  undo: 'Undo',
  delete: 'Delete',
  clear: 'Clear all',
  save: 'Save',
  done: 'Done',
  more: 'More',
  less: 'Fewer',
  loading: 'Loading',
  items: (count) => plural(count, 'item', 'items'),
  moment: {
    today: (time) => `at ${time}`,
    day: (day, time) => `on ${day} at ${time}`,
  },
  since: (time, what) => `${time} · ${what}`,
  noPicture: {
    too_large: 'That file is larger than 20 MB. Choose a lighter picture.',
    unreadable: 'That file could not be opened as a picture. Choose a PNG, JPEG or SVG.',
  },
  shortcut: (action, keys) => `${action} (${keys})`,
  states: {
    calm: 'up to date',
    busy: 'on its way',
    warn: 'attention',
    alarm: 'problem',
    info: 'changed',
  },
  paper: {
    see: 'See the paper',
    seeOf: (name) => `See the paper: ${name}`,
    title: (name) => `Paper: ${name}`,
    hint: 'It comes out like this, in the letters of its printer.',
  },
  price: {
    ordinary: 'Ordinary price:',
    reason: (list: string, until: string | null) => (until === null ? list : `${list} until ${until}`),
  },
  promise: {
    left: (time, minutes) => `${time} · in ${String(minutes)}\u00a0min`,
    late: (time, minutes) =>
      minutes === 0 ? `${time} · late` : `${time} · ${String(minutes)}\u00a0min late`,
  },
  orderType: {
    dine_in: 'Table',
    take_away: 'Take-away',
    delivery: 'Delivery',
    counter: 'Counter',
  },
  theme: { name: 'Appearance', system: 'As the system', light: 'Light', dark: 'Dark' },
  motion: {
    name: 'Motion',
    less: 'Less motion',
    on: 'On',
    off: 'Off',
    system: 'This computer already asks for less motion.',
  },
  language: { name: 'Language', es: 'Español', en: 'English' },
  connection: {
    connecting: 'Connecting…',
    connected: 'Connected',
    disconnected: 'Disconnected',
    lost: (since) =>
      `No connection to FastOps since ${since}. What you see may be out of date; nothing that you type is lost.`,
    storeAway: 'No database',
    storeLost: (since) =>
      `The database has not answered since ${since}: nothing can be saved. Check that the server is on, and the network. What you type stays here and goes out by itself when it is back.`,
    starting: 'Connecting to FastOps…',
    unreachable:
      'FastOps does not answer on this machine. Check that the main program is open and that the network works; this screen keeps trying by itself.',
  },
  failures: {
    link: 'There is no connection to FastOps. Nothing was lost; try again when the connection is back.',
    slow: 'FastOps did not answer in time. Try again; if it had been done already, it will not be done twice.',
    odd: 'FastOps gave an answer that this screen does not understand. Reload the screen; if it stays so, tell the administrator.',
    token: 'This address does not open FastOps. Use the whole link that the program shows when it starts.',
    notAllowed: (what) => `Your role does not allow you to ${what}. Ask a manager.`,
  },
};
