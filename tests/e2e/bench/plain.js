/**
 * A plain page: what the browser of this machine needs for the same without any program, measured by the same stopwatch.
 */
import { timed } from './meter.js';

export const PAGE = `<!doctype html><meta charset="utf-8"><title>plain</title>
<style>button { width: 120px; height: 90px } li { height: 48px }</style>
<div>${Array.from({ length: 80 }, (_, n) => `<button id="b${n}">Producto ${n}</button>`).join('')}</div>
<input id="field"><ul id="rows"></ul>
<script>
  const add = (text) => { const row = document.createElement('li'); row.textContent = text; rows.append(row); };
  document.addEventListener('click', (event) => event.target.matches('button') && add(event.target.textContent));
  field.addEventListener('input', () => add(field.value));
</script>`;

const ADDRESS = 'http://plain.test/';

/**
 * Times of a tap that adds a row, and of a letter that does.
 * @param {import('playwright-core').BrowserContext} context
 * @param {number} times
 */
export async function plain(context, times) {
  const page = await context.newPage();
  await page.route(ADDRESS, (route) => route.fulfill({ contentType: 'text/html', body: PAGE }));
  await page.goto(ADDRESS);
  const [taps, letters] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  const rows = () => page.locator('#rows li').count();
  for (let n = 0; n < times; n += 1) {
    const box = await page.locator(`#b${n % 80}`).boundingBox();
    if (!box) throw new Error('the plain page has no buttons');
    const one = { selector: '#rows li', wanted: { count: (await rows()) + 1 } };
    taps.push(
      await timed(page, { ...one, input: 'pointerdown' }, () =>
        page.mouse.click(box.x + box.width / 2, box.y + box.height / 2),
      ),
    );
    await page.locator('#field').focus();
    const two = { selector: '#rows li', wanted: { count: (await rows()) + 1 } };
    letters.push(await timed(page, { ...two, input: 'keydown' }, () => page.keyboard.press('a')));
  }
  await page.close();
  return { taps, letters };
}
