// A picture file as grey values, small enough for paper: what the core makes black and white of.

import type { LogoPicture } from '../../ipc/bindings.gen';
import { canvasOf, openPicture } from '../../ui/picture';

/** The head of the widest printer, in dots, and three centimetres of paper. */
const WIDEST = 576;
const TALLEST = 240;

/** How large a picture of this size is drawn. A drawing fills the room; dots never grow. */
export function fitted(wide: number, high: number, grows: boolean): { wide: number; high: number } {
  const fits = Math.min(WIDEST / wide, TALLEST / high);
  const scale = grows ? fits : Math.min(fits, 1);
  const side = (length: number, most: number) => Math.min(most, Math.max(1, Math.round(length * scale)));
  return { wide: side(wide, WIDEST), high: side(high, TALLEST) };
}

/** Red, green, blue and how solid, four bytes a dot: as bright as the eye finds it, on white paper. */
export function greyOf(rgba: ArrayLike<number>): string {
  let hex = '';
  for (let at = 0; at + 3 < rgba.length; at += 4) {
    const part = (offset: number) => rgba[at + offset] ?? 0;
    const bright = 0.299 * part(0) + 0.587 * part(1) + 0.114 * part(2);
    const solid = part(3) / 255;
    hex += Math.round(bright * solid + 255 * (1 - solid))
      .toString(16)
      .padStart(2, '0');
  }
  return hex;
}

/** What a file shows. */
export async function readPicture(file: File): Promise<LogoPicture> {
  const image = await openPicture(file);
  const isDrawing = file.type === 'image/svg+xml';
  const { wide, high } = fitted(image.naturalWidth, image.naturalHeight, isDrawing);
  const [, paper] = canvasOf(wide, high);
  paper.drawImage(image, 0, 0, wide, high);
  return { width: wide, grey: greyOf(paper.getImageData(0, 0, wide, high).data) };
}
