// Words of the menu, the search and the modifiers sheet.

import { form } from '../plural';

export const menu = {
  categories: 'Categorías',
  search: 'Buscar o escanear…',
  searching: (text: string) => `Resultados de «${text}»`,
  similar: (text: string) => `Nada se llama «${text}»; esto se parece`,
  nothing: (text: string) => `Ningún producto se llama «${text}».`,
  nothingHint: 'Pruebe con menos letras o con el código corto.',
  enterAdds: 'Enter agrega el primero',
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
