// Words of the floor plan and of orders without a table.

import type { Catalogue } from '../es';
import { plural } from '../plural';

export const floor: Catalogue['floor'] = {
  search: 'Search a table or an order…',
  enterOpens: (what) => `Enter opens ${what}`,
  nothing: (text) => `No table and no open order is called “${text}”.`,
  rooms: 'Rooms',
  summary: (open, free) => `${String(open)} open · ${String(free)} free`,
  table: (name) => `Table ${name}`,
  free: 'Free',
  nothingHeld: 'Nothing is held.',
  held: (course) => `course ${String(course)} is held`,
  heldShort: (course) => String(course),
  unsent: 'Not sent',
  orders: (count) => plural(count, 'order', 'orders'),
  chooseOrder: (name) => `Orders of table ${name}`,
  orderNumber: (number) => `Order ${String(number)}`,
  newTakeAway: 'New take-away',
  noTables: 'No tables are drawn yet. You can take take-away orders while an administrator adds them.',
  noOthers: 'There are no open take-away orders.',
  noOthersHint: 'Tap “New take-away” to start one.',
  withoutName: 'No name',
  minutes: (count) => `${String(count)}\u00a0min`,
  late: (status) => `${status}, taking long`,
  status: {
    received: 'received',
    queued: 'in the queue',
    printing: 'printing',
    blocked: 'has a problem',
    sent: 'sent',
    printed: 'on paper',
    preparing: 'being prepared',
    ready: 'ready',
    paid: 'paid',
    voided: 'voided',
    merged: 'joined with another',
  },
};
