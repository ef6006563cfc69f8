/** Picture files to be chosen. */

/**
 * A square of 100 dots in one colour, as a file.
 * @param {import('playwright-core').Page} page @param {string} type @param {string} colour
 */
export async function drawn(page, type, colour) {
  const url = await page.evaluate(([kind, fill]) => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 100;
    const paper = canvas.getContext('2d');
    if (paper === null) throw new Error('nothing to draw on');
    paper.fillStyle = fill;
    paper.fillRect(0, 0, 100, 100);
    return canvas.toDataURL(kind);
  }, /** @type {const} */ ([type, colour]));
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
