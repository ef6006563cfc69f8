// Words of the menu, the search and the modifiers sheet.

import { form, plural } from '../plural';

export const menu = {
  categories: 'Categorías',
  favourites: 'Favoritos',
  search: 'Buscar o escanear…',
  results: (count: number, text: string) => `${plural(count, 'resultado', 'resultados')} de «${text}»`,
  firstResults: (count: number, text: string) =>
    `Los primeros ${String(count)} de «${text}»: escriba más letras`,
  similar: (text: string) => `Nada se llama «${text}»; esto se parece`,
  nothing: (text: string) => `Ningún producto se llama «${text}».`,
  nothingHint: 'Pruebe con menos letras o con el código corto.',
  enterAdds: (name: string) => `Enter agrega ${name}`,
  arrows: '↑ ↓ elige otro',
  soldOutMarked: (name: string) => `${name} está agotado`,
  empty: 'La carta está vacía.',
  emptyHint: 'Un administrador debe crear los productos.',
  emptyCategory: 'Esta categoría no tiene productos.',
  soldOut: 'Agotado',
  offMenu: 'Ya no está en la carta',
  answerGone: 'Algo de lo elegido ya no se ofrece: edítelo',
  offMenuNow: (name: string) => `«${name}» ya no está en la carta. Quítelo del pedido.`,
  left: (count: number) => form(count, 'Queda 1', `Quedan ${String(count)}`),
  soldOutNow: (name: string) => `«${name}» está agotado. Elija otro producto.`,
  scannedInSheet: (code: string) =>
    `No se agregó lo escaneado (${code}): termine primero lo que está abierto.`,
  units: (count: number, name: string) => (count === 1 ? `${name}` : `${String(count)} × ${name}`),
  unitsWanted: (count: number) => `${String(count)} ×: toque un producto o escriba su nombre`,
  inCart: (count: number) => `${String(count)} en el pedido`,
  sheet: {
    forced: (min: number, max: number) =>
      min === max ? form(min, 'Elija 1', `Elija ${String(min)}`) : `Elija de ${String(min)} a ${String(max)}`,
    optional: (max: number) => form(max, 'Opcional · hasta 1', `Opcional · hasta ${String(max)}`),
    repeats: 'puede repetir',
    portioning: {
      dearest: 'en partes iguales, se cobra la más cara',
      mean: 'en partes iguales, se cobra el promedio',
    },
    missing: (group: string) => `Falta elegir: ${group}`,
    variant: 'Variante',
    add: (count: number) => `Agregar ${String(count)}`,
    save: 'Guardar cambios',
    quantity: 'Cantidad',
    change: (count: number) => `Cambiar a ${String(count)}`,
    course: 'Tiempo',
    courseName: (course: number) => `${String(course)}.º tiempo`,
    note: 'Nota para la cocina',
    notePlaceholder: 'Por ejemplo: término medio, sin sal',
    allergy: 'Alergia',
    allergyPlaceholder: 'Por ejemplo: maní, mariscos',
    remove: 'Quitar del pedido',
    oneLess: (name: string) => `Uno menos: ${name}`,
    extra: (price: string) => `+ ${price}`,
  },
  /** What guests bear worst, as most laws on food name it. */
  allergens: ['maní', 'frutos secos', 'mariscos', 'pescado', 'huevo', 'leche', 'gluten', 'soya'],
  phrases: {
    without: 'Sin',
    withoutThis: (what: string) => `sin ${what}`,
    withoutWhat: ['cebolla', 'sal', 'picante', 'cilantro', 'salsa', 'azúcar', 'hielo'],
    extra: 'Extra',
    extraOf: (what: string) => `extra ${what}`,
    extraWhat: ['queso', 'salsa', 'picante', 'limón', 'hielo'],
    other: 'Además',
    otherPhrases: ['bien caliente', 'bien cocido', 'salsa aparte', 'para compartir', 'para llevar'],
  },
};
