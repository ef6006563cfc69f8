// The English catalogue.

import { alerts } from './en/alerts';
import { availability } from './en/availability';
import { bills } from './en/bills';
import { common } from './en/common';
import { devices } from './en/devices';
import { firstRun } from './en/firstRun';
import { floor } from './en/floor';
import { floorSetup } from './en/floorSetup';
import { guest } from './en/guest';
import { keys } from './en/keys';
import { kitchen } from './en/kitchen';
import { menu } from './en/menu';
import { menuFiles } from './en/menuFiles';
import { menuSetup } from './en/menuSetup';
import { moves } from './en/moves';
import { order } from './en/order';
import { paper } from './en/paper';
import { parts } from './en/parts';
import { people } from './en/people';
import { queue } from './en/queue';
import { session } from './en/session';
import { settings } from './en/settings';
import { start } from './en/start';
import { stations } from './en/stations';
import { till } from './en/till';
import { wizard } from './en/wizard';
import type { Catalogue } from './es';

export const en: Catalogue = {
  alerts,
  availability,
  common,
  session,
  firstRun,
  floor,
  floorSetup,
  menu,
  menuFiles,
  menuSetup,
  order,
  moves,
  queue,
  kitchen,
  guest,
  keys,
  paper,
  parts,
  people,
  devices,
  bills,
  settings,
  start,
  stations,
  till,
  wizard,
};
