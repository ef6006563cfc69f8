// Words of stations that are made, named, put in order and closed.

import { plural } from '../plural';

export const stations = {
  add: 'Nueva estación',
  name: 'Nombre',
  nameHint: 'Como la llama su gente: Parrilla, Postres, Barra fría…',
  renameHint: 'Sale en las próximas comandas. Las de antes conservan su nombre.',
  targets: '¿Por dónde salen sus comandas?',
  like: (station: string) => `Como ${station}`,
  nowhere: 'Todavía no sé',
  nowhereHint: 'Sus pedidos no se pueden enviar hasta darle un destino.',
  noPrinterYet: 'Todavía no hay impresoras: agregue una después, y asígnela a esta estación.',
  save: 'Agregar la estación',
  saveName: 'Guardar el nombre',
  saved: (station: string) => `Agregada: ${station}. Elija en «Carta» qué prepara.`,
  rename: 'Renombrar',
  renameOf: (station: string) => `Renombrar ${station}`,
  order: 'Ordenar',
  orderTitle: 'Orden de las estaciones',
  orderHint: 'Así se ven en cada pantalla.',
  close: 'Cerrar',
  closeOf: (station: string) => `Cerrar ${station}`,
  closeWhat: (station: string) =>
    `${station} deja de recibir pedidos. Sus comandas y sus cuentas de antes no cambian. No se puede deshacer.`,
  successor: (count: number) =>
    `¿Qué estación prepara lo suyo? (${plural(count, 'categoría o producto', 'categorías o productos')})`,
  successorOfNothing: '¿Qué estación recibe los cambios de lo que ya se le envió?',
  closeConfirm: 'Cerrar la estación',
  closed: (station: string) => `${station} está cerrada.`,
};
