// A picture file that somebody chose, opened.

/** A larger file is no picture for a screen or a paper, and an old till would choke on it. */
const MOST_BYTES = 20 * 1024 * 1024;

/** Why a file gives no picture. */
export class NoPicture extends Error {
  readonly why: 'too_large' | 'unreadable';

  constructor(why: 'too_large' | 'unreadable') {
    super(why);
    this.why = why;
  }
}

/** Paper of this size to draw on. */
export function canvasOf(wide: number, high: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement('canvas');
  canvas.width = wide;
  canvas.height = high;
  const paper = canvas.getContext('2d', { willReadFrequently: true });
  if (paper === null) throw new NoPicture('unreadable');
  paper.imageSmoothingQuality = 'high';
  return [canvas, paper];
}

/** What a file shows. */
export async function openPicture(file: File): Promise<HTMLImageElement> {
  if (file.size > MOST_BYTES) throw new NoPicture('too_large');
  const image = new Image();
  image.src = await asUrl(file);
  try {
    await image.decode();
  } catch {
    throw new NoPicture('unreadable');
  }
  if (image.naturalWidth === 0 || image.naturalHeight === 0) throw new NoPicture('unreadable');
  return image;
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
