// Words of the simulated paper.

import type { Catalogue } from '../es';
export const paper: Catalogue['paper'] = {
  open: 'Paper',
  title: 'The demonstration’s paper',
  hint: 'Three simulated printers receive the same bytes as a real one. Take their paper away and see what FastOps says.',
  close: 'Close the paper',
  none: 'Nothing printed yet.',
  noneHint: 'Send an order and its paper comes out here.',
  slip: (number, printer) => `Slip ${String(number)} of ${printer}`,
  cutAt: (time) => `cut at ${time}`,
  conditions: {
    ready: 'Ready',
    paper_near_end: 'Paper low',
    paper_out: 'No paper',
    paper_runs_out: 'Paper ends soon',
    cover_open: 'Cover open',
    cutter_jam: 'Cutter jammed',
    offline: 'Off line',
    hung: 'Hung',
    slow: 'Slow',
    unplugged: 'No power',
    cable_out: 'Cable out',
  },
  mend: 'Make it ready',
  working: 'Prints well',
  conditionOf: (printer) => `What is wrong with ${printer}`,
  enlarge: (number) => `Enlarge slip ${String(number)}`,
};
