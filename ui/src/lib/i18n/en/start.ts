// Words of the window that says why FastOps could not open.

import type { Catalogue } from '../es';
import { plural } from '../plural';

export const start: Catalogue['start'] = {
  titles: {
    damaged: 'The data on this computer is damaged',
    missing: 'The data on this computer is gone',
    newer: 'FastOps has to be updated on this computer',
    away: 'The database does not answer',
    full: 'The disk is full',
    other: 'FastOps could not open',
  },
  damaged:
    'FastOps checks its data each time it opens. Today it found the file damaged, and did not go on with it so as not to make it worse. Nothing was deleted.',
  missing:
    'There were orders saved here, and the file disappeared or is empty. FastOps did not start from scratch on its own.',
  offerTitle: 'There is a good backup',
  made: 'Made',
  lastOrder: 'Last order in it',
  order: (number, age) => `No. ${String(number)}, from ${age} ago`,
  noOrder: 'None yet',
  later: 'What came later',
  laterHint: 'Is not in the backup: it has to be entered again.',
  before: 'The file as it is now',
  beforeHint: 'Is kept aside. Nothing is deleted.',
  ago: (age) => `${age} ago`,
  restore: (age) => `Restore the backup of ${age} ago`,
  restoring: 'Restoring…',
  restoringHint: 'This can take a few minutes. Do not turn off the computer or close this window.',
  notRestored: 'It was not restored, and everything is as it was.',
  noneTitle: 'There is no good backup on this computer',
  noneHint:
    'Delete nothing. If you keep backups on another disk, put them in the folder “backups” of the data (each backup is two files) and try again. If not, call whoever helps you with FastOps and show them the details.',
  again: 'Try again',
  trying: 'Trying…',
  quit: 'Quit',
  detail: 'Details for whoever helps you',
  loading: 'Opening FastOps…',
  age: {
    now: 'less than a minute',
    minutes: (minutes) => `${String(minutes)} min`,
    hours: (hours, minutes) =>
      minutes === 0 ? `${String(hours)} h` : `${String(hours)} h ${String(minutes)} min`,
    days: (days, hours) =>
      hours === 0 ? plural(days, 'day', 'days') : `${plural(days, 'day', 'days')} and ${String(hours)} h`,
  },
};
