// Words of a bill in parts: by heads, by seats, by line.

import { plural } from '../plural';

export const parts = {
  title: 'Dividir la cuenta',
  hint: 'En partes iguales, por asiento, o una línea entre algunos.',
  may: 'dividir cuentas',
  /** A part by its number, or by whose it is. */
  called: (number: number, seat: number | null) =>
    seat === null ? `Parte ${String(number)}` : `Asiento ${String(seat)}`,
  short: (number: number, seat: number | null) => (seat === null ? String(number) : `A${String(seat)}`),
  /** Of a line that all share alike. */
  each: (share: string) => `${share} cada una`,
  /** Of a line that some share alike. */
  some: (others: string, last: string, seats: boolean) =>
    `${seats ? 'Asientos' : 'Partes'} ${others} y ${last}`,
  /** Of a paper: which part of the bill it is. */
  ofPaper: (paper: string, number: number, of: number) =>
    `${paper}, parte ${String(number)} de ${String(of)}`,
  how: '¿Cómo se divide?',
  equal: 'Partes iguales',
  bySeat: 'Por asiento',
  count: 'En cuántas partes',
  countOf: (count: number) => plural(count, 'parte', 'partes'),
  fewer: 'Una parte menos',
  more: 'Una parte más',
  seats: '¿Quiénes pagan?',
  amounts: 'Lo que paga cada uno',
  lines: 'Compartir una línea',
  linesHint: 'Toque una línea que no sea de todos.',
  all: 'Todos',
  shares: (name: string) => `Quién comparte ${name}`,
  uneven: 'Unos pagan más',
  weight: (who: string) => `Cuánto pesa ${who}`,
  lighter: 'Menos',
  heavier: 'Más',
  save: 'Listo',
  join: 'Unir otra vez',
  divided: (count: number) => `La cuenta quedó en ${plural(count, 'parte', 'partes')}.`,
  joined: 'La cuenta está entera otra vez.',
  strip: (count: number) => `Cuenta en ${plural(count, 'parte', 'partes')}`,
  change: 'Cambiar la división de la cuenta',
  /** The second is what stands on the button. */
  print: (name: string, label: string) => `Imprimir ${name}: ${label}`,
  printAll: 'Imprimir todas las partes',
  allPapers: 'Todas',
  nothing: 'Esta parte no tiene nada que cobrar.',
  unsent: 'Envíe primero lo que está sin enviar.',
};
