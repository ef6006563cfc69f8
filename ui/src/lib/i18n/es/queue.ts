// Words of the pulse strip and the print queue.

import { plural } from '../plural';

export const queue = {
  title: 'Fila de impresión',
  strip: 'Pulso de las estaciones',
  open: 'Ver la fila de impresión',
  toPaper: (seconds: string) => `${seconds} s`,
  toPaperLong: (seconds: string) => `${seconds} s hasta el papel`,
  stations: 'Estaciones',
  printers: 'Impresoras',
  waiting: (count: number) =>
    count === 0 ? 'nada en espera' : plural(count, 'comanda en espera', 'comandas en espera'),
  oldest: (time: string) => `la más vieja, ${time}`,
  allCalm: 'Todo está en papel. No hay nada en espera.',
  workers: (busy: number, all: number) => `${String(busy)} de ${String(all)} imprimiendo`,
  workersName: 'Trabajadores',
  urgent: (count: number) => plural(count, 'urgente', 'urgentes'),
  low: (count: number) => plural(count, 'reimpresión', 'reimpresiones'),
  printing: 'Imprimiendo ahora',
  idle: 'Libre',
  perTicket: (seconds: string) => `${seconds} s por comanda`,
  paperLow: 'Queda poco papel: tenga un rollo a mano.',
  noPermission: 'Su rol no permite ver la fila de impresión.',
  causes: {
    unreachable: 'no responde',
    unknown_host: 'dirección desconocida',
    busy: 'ocupada',
    offline: 'fuera de línea',
    cover_open: 'tapa abierta',
    paper_out: 'sin papel',
    cutter_jam: 'cuchilla trabada',
    overheated: 'recalentada',
    no_progress: 'no avanza',
    partial_write: 'cortada a medias',
    no_proof: 'sin confirmar',
    link_lost: 'enlace perdido',
    interrupted: 'interrumpida',
    cannot_encode: 'texto no imprimible',
    misconfigured: 'mal configurada',
  },
};
