import type { Catalogue } from '../es';
import { plural } from '../plural';

export const menuFiles: Catalogue['menuFiles'] = {
  export: 'Export',
  exportTitle: 'Export the products',
  exportHint:
    'One row for each product, also for those off the menu, and below it one for each size and colour that it is sold in. Open it in your spreadsheet, change it and import it again.',
  formats: {
    xlsx: { name: 'Excel (XLSX)', hint: 'To change it in a spreadsheet: codes keep their zeros.' },
    csv: { name: 'CSV', hint: 'Text that every program reads.' },
  },
  saved: (path) => `Saved in ${path}`,
  downloaded: 'The file was downloaded.',
  import: 'Import',
  title: 'Import products',
  back: 'Back to the menu',
  choose: 'Choose a file',
  chooseOther: 'Choose another file',
  intro: 'Choose an XLSX or CSV file, or drag it here, and see what it would change.',
  introHint: 'Nothing is saved until you confirm it. Up to 10,000 rows and 5 MB.',
  reading: 'Reading the file…',
  rules: {
    title: 'How the file is read',
    lines: [
      'The first row has the headers, in Spanish or English and in any order. Export the products for an example.',
      'A row is known by its code; without one, by its name within its category.',
      'An empty cell changes nothing. To take off a code, tax, station, question or barcode, write a dash (-).',
      'Products that are not in the file stay as they are.',
      'A row with a size or a colour is about a variant of the product that it names. Its price, code and barcodes are its own; without a price, or with a dash, it costs what the product costs.',
      'A file without columns for size and colour leaves variants as they are.',
      'Several taxes, questions or barcodes are separated by |.',
    ],
  },
  columns: {
    code: 'Code',
    name: 'Name',
    category: 'Category',
    price: 'Price',
    size: 'Size',
    color: 'Colour',
    taxes: 'Taxes',
    station: 'Station',
    minutes: 'Minutes',
    active: 'On the menu',
    questions: 'Questions',
    barcodes: 'Barcodes',
  },
  kinds: { new: 'New', changed: 'Changes', same: 'Same', error: 'Error' },
  filters: {
    all: 'All',
    new: 'New',
    changed: 'Changed',
    same: 'Same',
    error: 'With errors',
    sharp: 'Prices that jump',
  },
  filter: 'Which rows are shown',
  row: (row) => `Row ${String(row)}`,
  nobody: 'nothing',
  toNothing: 'none',
  becomes: 'becomes',
  sharp: 'Changes by more than 50%',
  cell: (cell) => `says “${cell}”`,
  emptyCell: 'is empty',
  newCategories: (names, count) =>
    count === 1
      ? `The category ${names} is made, without a station: say who makes it so that its tickets come out.`
      : `The categories ${names} are made, without a station: say who makes them so that their tickets come out.`,
  newSizes: (names, count) => (count === 1 ? `The size ${names} is made.` : `The sizes ${names} are made.`),
  newColors: (names, count) =>
    count === 1 ? `The colour ${names} is made.` : `The colours ${names} are made.`,
  unknownColumns: (names, count) =>
    count === 1
      ? `The column ${names} is not used and changes nothing.`
      : `The columns ${names} are not used and change nothing.`,
  errors: (count) => `${plural(count, 'row has', 'rows have')} errors. Correct the file and choose it again.`,
  skip: 'Import only the rows without errors',
  skipHint: (count) => `${plural(count, 'row is', 'rows are')} left out`,
  onlyGood: 'Only rows without errors',
  all: 'All or nothing',
  nothing: 'Everything is the same: there is nothing to import.',
  go: (count) => `Import ${plural(count, 'row', 'rows')}`,
  done: (created, changed, variants) =>
    `Menu imported: ${plural(created, 'new product', 'new products')}, ${plural(changed, 'changed', 'changed')}${
      variants === 0 ? '' : `; ${plural(variants, 'variant', 'variants')}`
    }.`,
  drop: {
    here: 'Drop the file here',
    hint: 'An XLSX or CSV. You see what changes before anything is saved.',
    several: (count) =>
      `You dropped ${String(count)} files, and they are imported one by one. Drop only the one that you want to see first.`,
    kind: (name) => `“${name}” is no XLSX or CSV file. Save it as one in your spreadsheet and drop it again.`,
    none: 'What you dropped is no file. Drop an XLSX or CSV, or use the button to choose one.',
  },
  unread: 'The file could not be opened. Close it in other programs and choose it again.',
};
