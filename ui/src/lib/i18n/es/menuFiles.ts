// Words for taking products out into a spreadsheet and bringing them in from one.

import { plural } from '../plural';

export const menuFiles = {
  export: 'Exportar',
  exportTitle: 'Exportar los productos',
  exportHint:
    'Una fila por producto, también los que están fuera de la carta, y debajo una por cada tamaño y color en que se vende. Ábralo en su hoja de cálculo, cámbielo e impórtelo de nuevo.',
  formats: {
    xlsx: {
      name: 'Excel (XLSX)',
      hint: 'Para cambiarlo en una hoja de cálculo: los códigos conservan sus ceros.',
    },
    csv: { name: 'CSV', hint: 'Texto que lee cualquier programa.' },
  },
  saved: (path: string) => `Guardado en ${path}`,
  downloaded: 'El archivo se descargó.',
  import: 'Importar',
  title: 'Importar productos',
  back: 'Volver a la carta',
  choose: 'Elegir un archivo',
  chooseOther: 'Elegir otro archivo',
  intro: 'Elija un archivo XLSX o CSV, o arrástrelo aquí, y vea qué cambiaría.',
  introHint: 'Nada se guarda hasta que lo confirme. Hasta 10.000 filas y 5 MB.',
  reading: 'Leyendo el archivo…',
  rules: {
    title: 'Cómo se lee el archivo',
    lines: [
      'La primera fila lleva los títulos, en español o inglés y en cualquier orden. Exporte los productos para tener un ejemplo.',
      'Cada fila se reconoce por su código; si no lo tiene, por su nombre dentro de la categoría.',
      'Una celda vacía no cambia nada. Para quitar un código, impuesto, estación, pregunta o código de barras, escriba un guion (-).',
      'Los productos que no estén en el archivo quedan como están.',
      'Una fila con tamaño o color es de una variante del producto que nombra. Su precio, código y códigos de barras son los suyos; sin precio, o con un guion, cuesta lo del producto.',
      'Un archivo sin columnas de tamaño y color deja las variantes como están.',
      'Varios impuestos, preguntas o códigos de barras se separan con |.',
    ],
  },
  columns: {
    code: 'Código',
    name: 'Nombre',
    category: 'Categoría',
    price: 'Precio',
    size: 'Tamaño',
    color: 'Color',
    taxes: 'Impuestos',
    station: 'Estación',
    minutes: 'Minutos',
    active: 'En la carta',
    questions: 'Preguntas',
    barcodes: 'Códigos de barras',
  },
  kinds: { new: 'Nuevo', changed: 'Cambia', same: 'Igual', error: 'Error' },
  filters: {
    all: 'Todas',
    new: 'Nuevos',
    changed: 'Cambian',
    same: 'Iguales',
    error: 'Con error',
    sharp: 'Precios que saltan',
  },
  filter: 'Qué filas se ven',
  row: (row: number) => `Fila ${String(row)}`,
  nobody: 'nada',
  toNothing: 'ninguno',
  becomes: 'pasa a',
  sharp: 'Cambia más del 50 %',
  cell: (cell: string) => `dice «${cell}»`,
  emptyCell: 'está vacía',
  newCategories: (names: string, count: number) =>
    count === 1
      ? `Se crea la categoría ${names}, sin estación: dígale quién la prepara para que sus comandas salgan.`
      : `Se crean las categorías ${names}, sin estación: dígales quién las prepara para que sus comandas salgan.`,
  newSizes: (names: string, count: number) =>
    count === 1 ? `Se crea el tamaño ${names}.` : `Se crean los tamaños ${names}.`,
  newColors: (names: string, count: number) =>
    count === 1 ? `Se crea el color ${names}.` : `Se crean los colores ${names}.`,
  unknownColumns: (names: string, count: number) =>
    count === 1
      ? `La columna ${names} no se usa y no cambia nada.`
      : `Las columnas ${names} no se usan y no cambian nada.`,
  errors: (count: number) =>
    `${plural(count, 'fila tiene', 'filas tienen')} errores. Corrija el archivo y elíjalo de nuevo.`,
  skip: 'Importar solo las filas sin errores',
  skipHint: (count: number) => `${plural(count, 'fila queda', 'filas quedan')} fuera`,
  onlyGood: 'Solo las filas sin errores',
  all: 'Todo o nada',
  nothing: 'Todo está igual: no hay nada que importar.',
  go: (count: number) => `Importar ${plural(count, 'fila', 'filas')}`,
  done: (created: number, changed: number, variants: number) =>
    `Carta importada: ${plural(created, 'producto nuevo', 'productos nuevos')}, ${plural(changed, 'cambiado', 'cambiados')}${
      variants === 0 ? '' : `; ${plural(variants, 'variante', 'variantes')}`
    }.`,
  drop: {
    here: 'Suelte aquí el archivo',
    hint: 'Un XLSX o CSV. Verá qué cambia antes de guardar nada.',
    several: (count: number) =>
      `Soltó ${String(count)} archivos y se importa uno por uno. Suelte solo el que quiere ver primero.`,
    kind: (name: string) =>
      `«${name}» no es un archivo XLSX o CSV. Guárdelo así en su hoja de cálculo y suéltelo de nuevo.`,
    none: 'Lo que soltó no es un archivo. Suelte un XLSX o CSV, o use el botón para elegirlo.',
  },
  unread: 'El archivo no se pudo abrir. Ciérrelo en otros programas y elíjalo de nuevo.',
};
