// The Spanish catalogue. Its shape is the type of every catalogue: a key missing elsewhere does not compile.

import { alerts } from './es/alerts';
import { availability } from './es/availability';
import { bills } from './es/bills';
import { common } from './es/common';
import { devices } from './es/devices';
import { firstRun } from './es/firstRun';
import { floor } from './es/floor';
import { floorSetup } from './es/floorSetup';
import { guest } from './es/guest';
import { keys } from './es/keys';
import { kitchen } from './es/kitchen';
import { menu } from './es/menu';
import { menuFiles } from './es/menuFiles';
import { menuSetup } from './es/menuSetup';
import { moves } from './es/moves';
import { order } from './es/order';
import { paper } from './es/paper';
import { parts } from './es/parts';
import { people } from './es/people';
import { queue } from './es/queue';
import { session } from './es/session';
import { settings } from './es/settings';
import { start } from './es/start';
import { stations } from './es/stations';
import { till } from './es/till';
import { wizard } from './es/wizard';

export const es = {
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

export type Catalogue = typeof es;
