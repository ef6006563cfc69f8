// Words of signing in and of the frame around every screen.

import type { Catalogue } from '../es';
import { plural } from '../plural';

export const session: Catalogue['session'] = {
  title: 'Who are you?',
  pinFor: (name) => `Hello, ${name}`,
  pinHint: 'Type your PIN',
  pinDots: (count) => plural(count, 'digit typed', 'digits typed'),
  enter: 'Sign in',
  entering: 'Signing in…',
  otherPerson: 'Someone else',
  terminal: 'Terminal',
  chooseTerminal: 'Which terminal is this machine?',
  noUsers: 'Nobody is registered yet. An administrator must create the first person.',
  ended: 'Your session has ended. Sign in again; your order is still here.',
  demoPins: 'Demonstration · PINs: Camila 1111, Jorge 2222, Luisa 3333, Ana 4444, Luis 5555, Cocina 6666',
  approval: {
    by: 'Approved by',
    who: 'Choose who approves it',
    first: { why: 'Choose the reason first', rest: 'Answer the rest first' },
    pinOf: (name) => `${name}'s PIN`,
    give: 'Approve',
    nobody: 'Nobody in this branch can approve it. Ask an administrator to check the permissions.',
    needed: (what) => `To ${what} you need the PIN of somebody who can approve it.`,
  },
  roles: {
    admin: 'Administration',
    manager: 'Management',
    cashier: 'Till',
    waiter: 'Tables',
    kitchen: 'Kitchen',
  },
  signOut: 'Sign out',
  lock: 'Lock or change person',
  locked: 'Screen locked. What was typed is still here, also for another person.',
  userMenu: (name) => `Menu of ${name}`,
  rail: {
    name: 'Sections',
    tables: 'Tables',
    takeAway: 'Take-away',
    kitchen: 'Kitchen',
    menu: 'Menu',
    plan: 'Floor plan',
    people: 'People',
    printers: 'Printers',
    settings: 'Settings',
    drawer: 'Drawer',
  },
  kitchenOnly: 'Your place is the kitchen: open the kitchen screen.',
  openKitchen: 'Open the kitchen screen',
  screens: {
    lost: {
      kitchen:
        'The kitchen screen was disconnected: its window is behind the till and nobody sees its tickets. Connect the monitor and it goes back by itself, or show it here.',
      guests:
        'The guests’ screen was disconnected: its window is behind the till. Connect the monitor and it goes back by itself, or show it here to close it.',
    },
    show: 'Show it here',
  },
};
