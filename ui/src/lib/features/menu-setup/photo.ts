// A photo file as the tiles of the tills show it: cut to their shape, small enough to be fetched by the dozen.

import { canvasOf, NoPicture, openPicture } from '../../ui/picture';

/** Twice the size of a tile's picture, for sharp screens. */
export const WIDE = 480;
export const HIGH = 240;
/** Most bytes that the core takes. */
const MOST_PHOTO = 96 * 1024;

/** How much of the size a JPEG keeps, the best first. */
const QUALITIES = [0.82, 0.7, 0.55, 0.4, 0.25];

export type Cut = { x: number; y: number; wide: number; high: number };

/** The middle of a picture, in the shape of a tile. */
export function middle(wide: number, high: number): Cut {
  const isWide = wide * HIGH > high * WIDE;
  const [cutWide, cutHigh] = isWide ? [(high * WIDE) / HIGH, high] : [wide, (wide * HIGH) / WIDE];
  return { x: (wide - cutWide) / 2, y: (high - cutHigh) / 2, wide: cutWide, high: cutHigh };
}

/** Bytes that a text of Base64 holds. */
export function bytesOf(base64: string): number {
  const ends = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - ends;
}

/** A photo of what a file shows, in Base64. */
export async function readPhoto(file: File): Promise<string> {
  const image = await openPicture(file);
  const [canvas, paper] = canvasOf(WIDE, HIGH);
  // What shines through is white, as on a plate.
  paper.fillStyle = '#fff';
  paper.fillRect(0, 0, WIDE, HIGH);
  const cut = middle(image.naturalWidth, image.naturalHeight);
  paper.drawImage(image, cut.x, cut.y, cut.wide, cut.high, 0, 0, WIDE, HIGH);
  for (const quality of QUALITIES) {
    const [, base64 = ''] = canvas.toDataURL('image/jpeg', quality).split(',');
    if (base64 !== '' && bytesOf(base64) <= MOST_PHOTO) return base64;
  }
  throw new NoPicture('unreadable');
}
