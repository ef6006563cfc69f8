// Words of the floor plan and of orders without a table.

import { plural } from '../plural';

export const floor = {
  search: 'Buscar mesa o pedido…',
  enterOpens: (what: string) => `Enter abre ${what}`,
  nothing: (text: string) => `Ninguna mesa ni pedido abierto se llama «${text}».`,
  rooms: 'Salas',
  summary: (open: number, free: number) =>
    `${plural(open, 'abierta', 'abiertas')} · ${plural(free, 'libre', 'libres')}`,
  table: (name: string) => `Mesa ${name}`,
  free: 'Libre',
  held: (course: number) => `retenido el ${String(course)}.º tiempo`,
  heldShort: (course: number) => `${String(course)}.º`,
  unsent: 'Sin enviar',
  orders: (count: number) => plural(count, 'cuenta', 'cuentas'),
  chooseOrder: (name: string) => `Cuentas de la mesa ${name}`,
  orderNumber: (number: number) => `Pedido ${String(number)}`,
  others: 'Pedidos sin mesa',
  othersKind: 'Tipo de pedido',
  othersAll: 'Todos',
  othersNone: 'No hay pedidos abiertos de este tipo.',
  newOf: (type: string) => `Nuevo: ${type}`,
  noTables:
    'Todavía no hay mesas dibujadas. Puede tomar pedidos para llevar mientras un administrador las crea.',
  noOthers: 'No hay pedidos sin mesa abiertos.',
  noOthersHint: 'Empiece uno para llevar, a domicilio o de mostrador.',
  stage: {
    open: 'Por entregar',
    unsent: 'Sin enviar',
    making: 'En cocina',
    ready: 'Listos',
    handed_over: 'Entregados',
  },
  stages: 'Estado',
  stageReady: 'listo para entregar',
  stageNone: 'Ningún pedido está así.',
  handOver: 'Entregar',
  handOverOf: (who: string) => `Entregar: ${who}`,
  handed: (who: string) => `Se entregó: ${who}.`,
  handedBy: (who: string, time: string) => `Entregado ${time} · ${who}`,
  takeBack: 'No se entregó',
  takeBackOf: (who: string) => `No se entregó: ${who}`,
  takenBack: (who: string) => `Volvió a la lista: ${who}.`,
  withoutName: 'Sin nombre',
  minutes: (count: number) => `${String(count)}\u00a0min`,
  facts: (guests: number | null, minutes: number, waiter: string) => {
    const rest = `hace ${plural(minutes, 'minuto', 'minutos')}, ${waiter}`;
    return guests === null ? rest : `${plural(guests, 'cubierto', 'cubiertos')}, ${rest}`;
  },
  late: (status: string) => `${status}, tarda`,
  status: {
    received: 'recibido',
    queued: 'en fila',
    printing: 'imprimiendo',
    blocked: 'con problema',
    sent: 'enviado',
    printed: 'en papel',
    preparing: 'en preparación',
    ready: 'listo',
    paid: 'pagado',
    voided: 'anulado',
    merged: 'unido a otro',
  },
};
