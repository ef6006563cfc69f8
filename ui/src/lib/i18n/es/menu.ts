// Words of the menu, the search and the modifiers sheet.

import { form, plural } from '../plural';

export const menu = {
  categories: 'Categorías',
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
  left: (count: number) => form(count, 'Queda 1', `Quedan ${String(count)}`),
  soldOutNow: (name: string) => `«${name}» está agotado. Elija otro producto.`,
  inCart: (count: number) => `${String(count)} en el pedido`,
  sheet: {
    forced: (min: number, max: number) =>
      min === max ? form(min, 'Elija 1', `Elija ${String(min)}`) : `Elija de ${String(min)} a ${String(max)}`,
    optional: (max: number) => form(max, 'Opcional · hasta 1', `Opcional · hasta ${String(max)}`),
    missing: (group: string) => `Falta elegir: ${group}`,
    variant: 'Variante',
    add: (count: number) => `Agregar ${String(count)}`,
    save: 'Guardar cambios',
    quantity: 'Cantidad',
    course: 'Tiempo',
    courseName: (course: number) => `${String(course)}.º tiempo`,
    note: 'Nota para la cocina',
    notePlaceholder: 'Por ejemplo: término medio, sin sal',
    allergy: 'Alergia',
    allergyPlaceholder: 'Por ejemplo: maní, mariscos',
    remove: 'Quitar del pedido',
    extra: (price: string) => `+ ${price}`,
  },
};
