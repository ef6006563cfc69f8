// The English catalogue.

import { alerts } from './en/alerts';
import { bills } from './en/bills';
import { common } from './en/common';
import { devices } from './en/devices';
import { floor } from './en/floor';
import { keys } from './en/keys';
import { kitchen } from './en/kitchen';
import { menu } from './en/menu';
import { moves } from './en/moves';
import { order } from './en/order';
import { paper } from './en/paper';
import { queue } from './en/queue';
import { session } from './en/session';
import { start } from './en/start';
import { wizard } from './en/wizard';
import type { Catalogue } from './es';

export const en: Catalogue = {
  alerts,
  common,
  session,
  floor,
  menu,
  order,
  moves,
  queue,
  kitchen,
  keys,
  paper,
  devices,
  bills,
  start,
  wizard,
};
