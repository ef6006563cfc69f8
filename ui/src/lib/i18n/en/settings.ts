// Words of the page for settings: what the house decides for itself, and what each decision means.

import type { Catalogue } from '../es';
import { plural } from '../plural';

export const settings: Catalogue['settings'] = {
  title: 'Settings',
  notAllowed: 'change the settings',
  level: 'For whom it is decided',
  levels: { company: 'The whole company', branch: 'This branch', terminal: 'This computer' },
  reach: {
    company: 'Counts in every branch, except where a branch or a computer decides otherwise.',
    branch: 'Counts in all of this branch, before what the company says.',
    terminal: 'Counts at this computer alone, before what the branch and the company say.',
  },
  source: {
    default: 'As it comes with the program',
    company: 'Decided for the whole company',
    branch: 'Decided for this branch',
    terminal: 'Decided for this computer',
  },
  back: {
    default: (value) => `Back to the default: ${value}`,
    company: (value) => `Use the company’s: ${value}`,
    branch: (value) => `Use the branch’s: ${value}`,
    terminal: (value) => `Use the computer’s: ${value}`,
  },
  otherwise: {
    branch: (value) => `Here counts what this branch decided: ${value}`,
    terminal: (value) => `At this computer counts what it decided: ${value}`,
  },
  on: 'Yes',
  off: 'No',
  saving: 'Saving…',
  saved: (name, value) => `Saved. ${name}: ${value}`,
  lessOf: (name) => `Less: ${name}`,
  moreOf: (name) => `More: ${name}`,
  range: (least, most) => `From ${least} to ${most}`,
  notUnderstood: (example) => `That value is not understood. Write it like this: ${example}.`,
  room: (rows, letters, longest) =>
    rows === 1
      ? `${String(longest)} of ${String(letters)} letters`
      : `Up to ${String(rows)} lines. The longest: ${String(longest)} of ${String(letters)} letters`,
  fillIn: 'Filled in by itself:',
  blanks: {
    receipt: 'Receipt number',
    order: 'Order number',
    total: 'Total',
    date: 'Date',
  },
  logo: {
    name: 'Logo',
    meaning:
      'The picture with which the bills and receipts of this branch begin, in black and white. Tickets have none.',
    none: 'No logo',
    has: 'Decided for this branch',
    tried: 'This is how it will come out. It is not saved yet.',
    on: (mm) => `On paper of ${String(mm)} mm`,
    choose: 'Choose a picture',
    chooseOther: 'Choose another',
    remove: 'Take away',
    kept: 'Saved. Bills and receipts come out with this logo.',
    takenAway: 'Taken away. Bills and receipts come out without a logo.',
  },
  nothing: 'Nothing',
  none: 'There is nothing to decide',
  noneHint: 'The settings of this part are decided for the branch or for the whole company.',
  units: {
    days: (count) => plural(count, 'day', 'days'),
    tickets: (count) => plural(count, 'ticket', 'tickets'),
    hours: (count) => `${String(count)} h`,
    minutes: (count) => `${String(count)} min`,
    seconds: (count) => `${String(count)} s`,
    megabytes: (count) => `${count} MB`,
    gigabytes: (count) => `${count} GB`,
    terabytes: (count) => `${count} TB`,
  },
  groups: {
    receipt: 'Bills and receipts',
    printing: 'Printing',
    alerts: 'Alerts',
    session: 'Locking of tills',
    backup: 'Backups',
    retention: 'How long things are kept',
    other: 'Others',
  },
  each: {
    'receipt.head': {
      name: 'The house’s details',
      meaning: 'Address, tax number and telephone: under the name on each bill and receipt.',
    },
    'receipt.foot': {
      name: 'End of the paper',
      meaning: 'What a guest reads last on bills and receipts: thanks, the voluntary tip, the wifi.',
    },
    'receipt.qr': {
      name: 'QR code of the receipt',
      meaning: 'Where the code at the end of a receipt leads, such as a page. Empty prints none.',
    },
    'printing.catch_up_tickets': {
      name: 'Tickets for one catch-up slip',
      meaning:
        'If so many tickets or more are waiting when a printer is back, they come on one paper together, not one by one.',
      zero: 'Never',
    },
    'printing.catch_up_seconds': {
      name: 'How long the failure must last',
      meaning: 'There is a catch-up slip only if nothing came out of that printer for this long.',
      zero: 'No wait',
    },
    'printing.relief_seconds': {
      name: 'When the printer beside it helps',
      meaning:
        'How long a ticket may wait at a printer, while another of the same station has nothing to do, before the older half moves there.',
    },
    'alerts.printer_trouble_seconds': {
      name: 'Printer in trouble',
      meaning: 'How long a printer may be out of paper or not answer before there is an alert.',
      zero: 'At once',
    },
    'alerts.late_ticket_seconds': {
      name: 'Late ticket',
      meaning: 'How long a ticket may wait for its paper, without a known failure, before there is an alert.',
    },
    'alerts.free_disk_mib': {
      name: 'Little room on the disk',
      meaning: 'There is an alert when less than this is free on the disk of the data.',
      zero: 'Never',
    },
    'session.lock_minutes': {
      name: 'Lock after idle',
      meaning:
        'After so long without a touch the PIN is asked for again. What is typed and not sent is kept.',
    },
    'alerts.shown': {
      name: 'Show the alerts',
      meaning: 'Shows the bell and its alerts. Switch it off at a computer that guests see.',
    },
    'alerts.first_steps': {
      name: 'Remind of the first steps',
      meaning: 'While one is open, whoever manages sees it on the floor and can open them from there.',
    },
    'backup.every_minutes': {
      name: 'A backup every',
      meaning: 'When the last backup is this old, the program makes another.',
    },
    'retention.finished_jobs_days': {
      name: 'Tickets already printed',
      meaning: 'How long it is kept how each ticket came out of its printer. Orders are not deleted.',
    },
    'retention.closed_orders_days': {
      name: 'Closed orders',
      meaning: 'After how long the details of a closed order move to the file of their year.',
      zero: 'Never',
    },
  },
};
