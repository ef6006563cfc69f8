// Words of the pulse strip and the print queue.

import type { Catalogue } from '../es';
import { plural } from '../plural';

export const queue: Catalogue['queue'] = {
  title: 'Print queue',
  strip: 'Pulse of the stations',
  open: 'See the print queue',
  toPaper: (seconds) => `${seconds} s`,
  toPaperLong: (seconds) => `${seconds} s to paper`,
  stations: 'Stations',
  printers: 'Printers',
  waiting: (count) => (count === 0 ? 'nothing waiting' : plural(count, 'ticket waiting', 'tickets waiting')),
  oldest: (time) => `the oldest, ${time}`,
  allCalm: 'Everything is on paper. Nothing is waiting.',
  workers: (busy, all) => `${String(busy)} of ${String(all)} printing`,
  workersName: 'Workers',
  urgent: (count) => `${String(count)} urgent`,
  low: (count) => plural(count, 'reprint', 'reprints'),
  printing: 'Printing now',
  idle: 'Idle',
  perTicket: (seconds) => `${seconds} s a ticket`,
  paperLow: 'Paper is low: have a roll at hand.',
  noPermission: 'Your role does not allow you to see the print queue.',
  causes: {
    unreachable: 'does not answer',
    unknown_host: 'unknown address',
    busy: 'busy',
    offline: 'offline',
    cover_open: 'cover open',
    paper_out: 'out of paper',
    cutter_jam: 'cutter jammed',
    overheated: 'overheated',
    no_progress: 'not moving',
    partial_write: 'cut short',
    no_proof: 'unconfirmed',
    link_lost: 'link lost',
    interrupted: 'interrupted',
    cannot_encode: 'text cannot print',
    misconfigured: 'set up wrongly',
  },
};
