// Words of papers about money, and of the drawer.

import type { Catalogue } from '../es';
import { plural } from '../plural';

export const bills: Catalogue['bills'] = {
  preBill: 'Bill',
  receipt: 'Receipt',
  printPreBill: 'Print the bill',
  printReceipt: 'Print the receipt',
  where: {
    title: 'At which printer?',
    hint: 'This terminal has no printer beside it. A manager can say which it is, under “Printers”.',
    none: 'There are no printers yet.',
  },
  states: {
    queued: (printer) => `waits at ${printer}`,
    sending: (printer) => `printing at ${printer}`,
    sent: (printer) => `sent to ${printer}`,
    printed: (printer) => `on paper, at ${printer}`,
    unconfirmed: (printer) => `sent to ${printer}, which cannot confirm`,
    blocked: (printer) => `held up at ${printer}`,
    failed: (printer) => `did not come out at ${printer}`,
    cancelled: 'not wanted any more',
    uncertain: (printer) => `nobody knows if it came out at ${printer}`,
  },
  may: { bill: 'print bills' },
  doubt: {
    banner: (count) =>
      `${plural(count, 'paper may not have come out', 'papers may not have come out')}. Look at the printer and say what happened.`,
    answer: 'Answer',
    title: 'Did this paper come out?',
    look: (printer) => `Look at ${printer}.`,
    yes: 'Yes, it came out',
    yesDoes: 'It counts as printed and does not come again.',
    no: 'No, print it again',
    noDoes: 'It comes once more, marked POSSIBLE DUPLICATE.',
    drop: 'Not wanted any more',
    dropDoes: 'It is not printed any more.',
    order: (number) => `Order ${String(number)}`,
    table: (name) => `Table ${name}`,
    asked: (time) => `It was asked for at ${time}.`,
    why: (cause) => `What happened: ${cause}.`,
    none: 'Every paper is accounted for.',
    done: {
      came_out: 'It counts as printed.',
      print_again: 'It comes once more, marked POSSIBLE DUPLICATE.',
      discard: 'It is not printed any more.',
    },
  },
  report: {
    x: 'X report',
    z: 'Z report',
    printX: 'Print the X report',
    printZ: 'Print the Z report',
    printZAgain: 'Print the Z again',
    elsewhere: 'At another printer',
    comesLater: 'It comes out by itself when the printer is back: there is no need to ask again.',
    comesNot: 'It does not come by itself. What was counted is kept: ask again whenever you like.',
  },
  drawer: {
    name: 'Drawer',
    title: 'Open the drawer',
    why: 'What is it opened for? It is written down with your name.',
    reasons: {
      change: 'Give change',
      count: 'Count the money',
      deposit: 'Put money away',
      mistake: 'Correct a mistake',
    },
    other: 'Another reason',
    at: 'The drawer of which printer?',
    confirm: 'Open the drawer',
    opened: (printer) => `The drawer of ${printer} opened.`,
    unconfirmed: (printer) => `The drawer of ${printer} was asked to open; that printer cannot confirm.`,
    shut: (printer) => `The drawer of ${printer} did not open. It will not open by itself: ask again.`,
  },
};
