// Words of stations that are made, named, put in order and closed.

import type { Catalogue } from '../es';
import { plural } from '../plural';

export const stations: Catalogue['stations'] = {
  add: 'New station',
  name: 'Name',
  nameHint: 'As your people call it: Grill, Desserts, Cold bar…',
  renameHint: 'It is on the next tickets. Earlier ones keep their name.',
  targets: 'Where do its tickets come out?',
  like: (station) => `Like ${station}`,
  nowhere: 'I do not know yet',
  nowhereHint: 'Its orders cannot be sent before it has a target.',
  noPrinterYet: 'There is no printer yet: add one afterwards, and give it to this station.',
  save: 'Add the station',
  saveName: 'Save the name',
  saved: (station) => `Added: ${station}. Choose under “Menu” what it makes.`,
  rename: 'Rename',
  renameOf: (station) => `Rename ${station}`,
  order: 'Put in order',
  orderTitle: 'Order of the stations',
  orderHint: 'Every screen shows them so.',
  close: 'Close',
  closeOf: (station) => `Close ${station}`,
  closeWhat: (station) =>
    `${station} gets no more orders. Its earlier tickets and bills do not change. This cannot be undone.`,
  successor: (count) =>
    `Which station makes what it made? (${plural(count, 'category or product', 'categories or products')})`,
  successorOfNothing: 'Which station hears of changes to what it was sent?',
  closeConfirm: 'Close the station',
  closed: (station) => `${station} is closed.`,
};
