/**
 * All the pictures, in all looks: what the tests hold against those that are kept, and what makes the kept ones.
 */
import { Artist, LOOKS } from './artist.js';
import { atTheDoor, atTheTables, atTheTill, inTheKitchen, inTheOffice, inTrouble } from './screens.js';

/** What is walked through in each look, in this order: the last changes what others show. */
export const TOURS = { atTheDoor, atTheTables, inTheKitchen, atTheTill, inTheOffice, inTrouble };

/**
 * Walks through the house in every look.
 * @param {import('./house.js').House} house
 * @param {import('../lib/gallery.js').Gallery} gallery
 */
export async function drawAll(house, gallery) {
  for (const look of LOOKS) {
    for (const tour of Object.values(TOURS)) await tour(new Artist(house, gallery, look));
  }
}
