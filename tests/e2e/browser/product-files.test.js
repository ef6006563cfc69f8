/**
 * The menu out into a spreadsheet and in again: what a file would change is seen first, a bad row says why, and what is
 * imported counts at once at the tills.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe } from 'node:test';
import { inspect, inspectLargeText } from '../lib/inspect.js';
import { journey } from '../lib/journey.js';
import { MenuPage } from '../lib/menu-page.js';
import { Stage } from '../lib/stage.js';

const WORDS = {
  es: {
    name: 'Código;Nombre;Categoría;Precio',
    sharp: 'Cambia más del 50 %',
    ambiguous: 'Puede ser 21500 o 21,5',
    made: 'Se crea la categoría Desayunos',
    done: 'Carta importada: 1 producto nuevo, 1 cambiado; 1 variante.',
    pdf: 'Esto es un PDF',
    size: 'Se crea el tamaño Familiar',
    several: 'Soltó 2 archivos',
    kind: '«carta.pdf» no es un archivo XLSX o CSV',
  },
  en: {
    name: 'Código;Nombre;Categoría;Precio',
    sharp: 'Changes by more than 50%',
    ambiguous: 'It could be 21500 or 21,5',
    made: 'The category Brunch is made',
    done: 'Menu imported: 1 new product, 1 changed; 1 variant.',
    pdf: 'This is a PDF',
    size: 'The size Family is made',
    several: 'You dropped 2 files',
    kind: '“carta.pdf” is no XLSX or CSV file',
  },
};
const CASES = /** @type {const} */ ([
  { language: 'es', price: '45.000', category: 'Desayunos', code: '951', size: 'Familiar', theme: 'light' },
  { language: 'en', price: '99.000', category: 'Brunch', code: '952', size: 'Family', theme: 'dark' },
]);
const SIDES = 'Acompañamientos';

describe('files of products', () => {
  const step = journey();
  /** @type {Stage} */
  let stage;
  /** @type {import('../lib/till.js').Till} */
  let ana;
  /** @type {MenuPage} */
  let menu;

  before(async () => {
    stage = await Stage.open();
    ana = await stage.till('Ana');
    menu = await MenuPage.open(await stage.till('Jorge', { reducedMotion: 'reduce' }));
    await ana.openTable('5');
  });
  after(() => stage?.close());

  /** Puts a file where the page asks for one. @param {string} name @param {string | Buffer} content */
  async function choose(name, content) {
    const buffer = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    await menu.page.getByTestId('import-file').setInputFiles({ name, mimeType: 'text/csv', buffer });
  }

  /** Takes the menu out as CSV and gives its text. */
  async function exported() {
    const { page } = menu;
    await menu.root.getByTestId('export-products').click();
    await page.getByTestId('export-csv').waitFor();
    if ((await page.locator('html').getAttribute('lang')) === 'es') {
      await inspect(page, 'the formats of a file');
    }
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-csv').click()]);
    assert.match(file.suggestedFilename(), /^productos-\d{4}-\d\d-\d\d\.csv$/);
    return readFile(await file.path(), 'utf8');
  }

  /** Drags files over the page, and lets go of them. @param {Record<string, string>} files */
  async function drop(files) {
    const { page } = menu;
    const dataTransfer = await page.evaluateHandle((all) => {
      const held = new DataTransfer();
      for (const [name, text] of Object.entries(all)) held.items.add(new File([text], name));
      return held;
    }, files);
    await page.dispatchEvent('body', 'dragover', { dataTransfer });
    await page.getByTestId('import-drop').waitFor();
    await page.dispatchEvent('body', 'drop', { dataTransfer });
    await page.getByTestId('import-drop').waitFor({ state: 'detached' });
  }

  for (const { language, price, category, code, size, theme } of CASES) {
    const words = WORDS[language];

    step(`go out and come in with another price, in ${language}`, async () => {
      const { page } = menu;
      if (language === 'en') {
        await page.getByTestId('user-menu').click();
        await page.getByTestId('language-en').click();
        await page.getByTestId('close-sheet').click();
        await page.emulateMedia({ colorScheme: theme });
      }
      const text = await exported();
      assert.ok(text.startsWith('\ufeffCódigo;Nombre;Categoría;Precio;'), text.slice(0, 60));
      const lines = text
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(';'));
      const [cheap, broken] = ['502', '503'].map((number) => lines.find((line) => line[0] === number));
      assert.ok(cheap && broken);
      cheap[3] = price;
      broken[3] = '21,500';
      const changed = lines.map((line) => line.join(';'));
      changed.push(`${code};Calentado;${category};9000`, `;Papa criolla;;18000;${size};Negro`);

      await menu.root.getByTestId('import-products').click();
      await page.getByTestId('import-choose').waitFor();
      if (language === 'es') await inspect(page, 'the page for a file');
      await choose('carta.pdf', '%PDF-1.7');
      await page.getByText(words.pdf).waitFor();
      await drop({ 'uno.csv': 'x', 'dos.csv': 'y' });
      await page.getByText(words.several).waitFor();
      await drop({ 'carta.pdf': '%PDF-1.7' });
      await page.getByText(words.kind).waitFor();
      await drop({ 'carta.csv': changed.join('\r\n') });
      await page.getByText(words.size).waitFor();
      await page.getByText(words.ambiguous).waitFor();
      await page.getByText(words.made).waitFor();
      assert.equal(await page.getByTestId('import-go').isDisabled(), true);
      await page.getByTestId('import-filter-sharp').click();
      await page.getByTestId('import-rows').getByText(words.sharp).waitFor();
      await page.getByTestId('import-filter-all').click();
      await inspect(page, `what a file would change, in ${language}`);
      if (language === 'es') await inspectLargeText(page, 'what a file would change');
      await page.getByTestId('import-skip').press('Space');
      await page.getByTestId('import-go').click();
      await page.getByText(words.done).waitFor();
      await ana.page.getByTestId(`category-${SIDES}`).click();
      await ana.page.getByTestId('product-502').getByText(price).waitFor();
      await ana.page.getByTestId(`category-${category}`).click();
      await ana.page.getByTestId(`product-${code}`).getByText('9.000').waitFor();
      await menu.category(category).waitFor();
      const again = await exported();
      assert.match(again, new RegExp(`;Papa criolla;${SIDES};18000;${size};Negro;`), 'in a row of its own');
    });
  }

  step('are left with the keyboard, one step at a time', async () => {
    const { page } = menu;
    await menu.root.getByTestId('import-products').click();
    await page.getByTestId('import-choose').waitFor();
    await page.keyboard.press('Escape');
    await menu.root.waitFor();
  });
});
