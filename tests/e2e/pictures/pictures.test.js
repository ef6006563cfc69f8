/**
 * The screens look as they are kept in docs/screenshots: what moved, changed its colour or broke out of its place is seen
 * before a person sees it.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Gallery, HOW_TO_ACCEPT } from '../lib/gallery.js';
import { Artist, LOOKS } from './artist.js';
import { toursOf } from './draw.js';
import { House } from './house.js';

const gallery = new Gallery({ accept: process.env.UPDATE_SCREENSHOTS === '1' });

/** @type {House} */
let house;
before(async () => {
  house = await House.open();
  const strangers = await gallery.meet(house.drawnBy);
  if (strangers !== null) process.stderr.write(`${strangers}\n`);
});
after(() => house?.close());

for (const look of LOOKS) {
  describe(`the screens in ${look.name}`, () => {
    for (const [name, tour] of toursOf(look)) {
      it(`are as they are kept: ${name}`, async () => {
        const artist = new Artist(house, gallery, look);
        await tour(artist);
        assert.deepEqual(artist.wrong, [], `if that is how they should look: ${HOW_TO_ACCEPT}`);
      });
    }
  });
}
