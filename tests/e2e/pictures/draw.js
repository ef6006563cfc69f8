/**
 * All the pictures, in all looks: what the tests hold against those that are kept, and what makes the kept ones.
 */
import { Artist, LOOKS } from './artist.js';
import { atItsFullest, unheard, withNothing } from './floor-states.js';
import { overTheHouse } from './house-sheets.js';
import {
  allStations,
  changesOnTheBoard,
  fullAndEmptyBoards,
  lookedAtOnly,
  overTheBoard,
  theFullPass,
  unheardByTheKitchen,
  whatIsDone,
} from './kitchen-states.js';
import { favouritesAndPhotos, fullAndEmptyMenus, overTheMenu, pricesAndFiles } from './menu-sheets.js';
import { besideIt, inParts, onceItWasSent, whileItIsTyped } from './order-sheets.js';
import { onItsWayIntoUse, overThePrinters, overTheStations } from './printer-sheets.js';
import { atTheDoor, atTheTables, atTheTill, inTheKitchen, inTheOffice, inTrouble } from './screens.js';
import { aHouseIsFounded, nobodyGetsIn } from './starts.js';
import { onATablet, theKitchenOnATablet } from './tablet.js';
import { atTheCounter, overTheDrawer, papersInDoubt } from './till-sheets.js';
import { warnings, warningsInTheKitchen } from './warnings.js';

/** @typedef {(artist: Artist) => Promise<void>} Tour */

/** What is also walked through in a short look. @type {Record<string, Tour>} */
const SHORT = {
  aHouseIsFounded,
  atTheDoor,
  atTheTables,
  inTheKitchen,
  atTheTill,
  inTheOffice,
  whileItIsTyped,
  atItsFullest,
  fullAndEmptyBoards,
  changesOnTheBoard,
  unheardByTheKitchen,
  atTheCounter,
  warnings,
  inTrouble,
};

/** What is walked through, in this order: the last changes what others show. @type {Record<string, Tour>} */
const LONG = {
  aHouseIsFounded,
  nobodyGetsIn,
  atTheDoor,
  atTheTables,
  whileItIsTyped,
  besideIt,
  onceItWasSent,
  inParts,
  atItsFullest,
  withNothing,
  unheard,
  inTheKitchen,
  fullAndEmptyBoards,
  overTheBoard,
  changesOnTheBoard,
  allStations,
  lookedAtOnly,
  theFullPass,
  whatIsDone,
  unheardByTheKitchen,
  atTheTill,
  atTheCounter,
  overTheDrawer,
  papersInDoubt,
  inTheOffice,
  overThePrinters,
  overTheStations,
  onItsWayIntoUse,
  overTheMenu,
  favouritesAndPhotos,
  pricesAndFiles,
  fullAndEmptyMenus,
  overTheHouse,
  warnings,
  warningsInTheKitchen,
  inTrouble,
};

/** What is walked through with a tablet. @type {Record<string, Tour>} */
const TABLET = { onATablet, theKitchenOnATablet };

/** @type {Record<import('./artist.js').Look['tours'], Record<string, Tour>>} */
const TOURS = { all: LONG, short: SHORT, tablet: TABLET };

/** @param {import('./artist.js').Look} look */
export function toursOf(look) {
  return Object.entries(TOURS[look.tours]);
}

/**
 * Walks through the house in every look.
 * @param {import('./house.js').House} house
 * @param {import('../lib/gallery.js').Gallery} gallery
 */
export async function drawAll(house, gallery) {
  for (const look of LOOKS) {
    for (const [, tour] of toursOf(look)) await tour(new Artist(house, gallery, look));
  }
}
