// Words of the alerts: what is wrong, and what was.

import type { Catalogue } from '../es';
import { plural } from '../plural';

export const alerts: Catalogue['alerts'] = {
  title: 'Alerts',
  bell: (count) => (count === 0 ? 'Alerts: none open' : plural(count, 'open alert', 'open alerts')),
  allWell: 'There are no open alerts.',
  past: 'Over, last 24 hours',
  since: (time) => `since ${time}`,
  between: (from, to) => `from ${from} to ${to}`,
};
