// Words of what has run out and of how much is left.

import { form } from '../plural';

export const availability = {
  title: 'Lo que queda',
  openOf: (name: string) => `Lo que queda de ${name}`,
  soldOut: 'Agotado',
  left: (count: number) => form(count, 'Queda 1', `Quedan ${String(count)}`),
  onlyLeft: (count: number) => form(count, 'Solo queda 1', `Solo quedan ${String(count)}`),
  noLimit: 'Se vende sin límite',
  again: 'Otra vez hay',
  howMany: '¿Cuántas unidades quedan?',
  sayLeftNone: 'Escriba cuántas',
  until: '¿Hasta cuándo?',
  untilDay: 'Hasta que cierre el día',
  untilDayHint: 'mañana se vende otra vez',
  untilWord: 'Hasta que alguien lo cambie',
  saidBy: (who: string, time: string) => `Lo dijo ${who}, ${time}.`,
  byStock: 'según las existencias',
  nowSold: (name: string) => `${name}: otra vez hay.`,
  nowLeft: (name: string, units: number) =>
    units === 0
      ? `${name}: agotado. Las cajas ya no lo ofrecen.`
      : `${name}: ${form(units, 'queda 1', `quedan ${String(units)}`)}. Las cajas cuentan lo que se envía.`,
  stillGone: (name: string) => `${name} sigue agotado: sus existencias, o lo que lleva, no alcanzan.`,
  tooMany: (name: string, left: number, wanted: number) =>
    `De ${name} ${form(left, 'queda 1', `quedan ${String(left)}`)} y el pedido lleva ${String(wanted)}. No se envió nada: baje la cantidad u ofrezca otra cosa.`,
  goneInCart: (name: string) =>
    `${name} está agotado. No se envió nada: quítelo del pedido u ofrezca otra cosa.`,
  /** The cook's screen. */
  limitedNow: 'Agotado o contado ahora',
  limitedNone: 'Nada está agotado.',
  all: (station: string) => `Todo lo que hace ${station}`,
  allStations: 'Todo lo que se prepara',
  search: 'Buscar un producto',
  nothing: (text: string) => `Nada de aquí se llama «${text}».`,
  soldOutOf: (name: string) => `Agotado: ${name}`,
  againOf: (name: string) => `Otra vez hay: ${name}`,
};
