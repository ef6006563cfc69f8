// A picture file as grey values, small enough for paper: what the core makes black and white of.

import type { LogoPicture } from '../../ipc/bindings.gen';

/** The head of the widest printer, in dots, and three centimetres of paper. */
export const WIDEST = 576;
export const TALLEST = 240;
/** A larger file is no logo, and an old till would choke on it. */
export const MOST_BYTES = 20 * 1024 * 1024;

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

/** Why a file gives no picture. */
export class NoPicture extends Error {
  readonly why: 'too_large' | 'unreadable';

  constructor(why: 'too_large' | 'unreadable') {
    super(why);
    this.why = why;
  }
}

/** What a file shows. */
export async function readPicture(file: File): Promise<LogoPicture> {
  if (file.size > MOST_BYTES) throw new NoPicture('too_large');
  const image = await opened(await asUrl(file));
  const isDrawing = file.type === 'image/svg+xml';
  const { wide, high } = fitted(image.naturalWidth, image.naturalHeight, isDrawing);
  const canvas = document.createElement('canvas');
  canvas.width = wide;
  canvas.height = high;
  const paper = canvas.getContext('2d', { willReadFrequently: true });
  if (paper === null) throw new NoPicture('unreadable');
  paper.imageSmoothingQuality = 'high';
  paper.drawImage(image, 0, 0, wide, high);
  return { width: wide, grey: greyOf(paper.getImageData(0, 0, wide, high).data) };
}

function asUrl(file: File): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => {
      done(String(reader.result));
    };
    reader.onerror = () => {
      failed(new NoPicture('unreadable'));
    };
    reader.readAsDataURL(file);
  });
}

async function opened(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    throw new NoPicture('unreadable');
  }
  if (image.naturalWidth === 0 || image.naturalHeight === 0) throw new NoPicture('unreadable');
  return image;
}
