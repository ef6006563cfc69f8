// Words that several screens share.

import { plural } from '../plural';

export const common = {
  product: 'FastOps',
  close: 'Cerrar',
  cancel: 'Cancelar',
  retry: 'Reintentar',
  undo: 'Deshacer',
  delete: 'Borrar',
  clear: 'Borrar todo',
  save: 'Guardar',
  done: 'Listo',
  more: 'Más',
  less: 'Menos',
  loading: 'Cargando',
  items: (count: number) => plural(count, 'producto', 'productos'),
  moment: {
    today: (time: string) => `a las ${time}`,
    day: (day: string, time: string) => `el ${day} a las ${time}`,
  },
  since: (time: string, what: string) => `${time} · ${what}`,
  noPicture: {
    too_large: 'Ese archivo pasa de 20 MB. Elija una imagen más liviana.',
    unreadable: 'Ese archivo no se pudo abrir como imagen. Elija un PNG, JPEG o SVG.',
  },
  shortcut: (action: string, keys: string) => `${action} (${keys})`,
  states: {
    calm: 'al día',
    busy: 'en camino',
    warn: 'atención',
    alarm: 'problema',
    info: 'cambio',
  },
  paper: {
    see: 'Ver el papel',
    seeOf: (name: string) => `Ver el papel: ${name}`,
    title: (name: string) => `Papel: ${name}`,
    hint: 'Así sale, con las letras de su impresora.',
  },
  price: {
    ordinary: 'Precio de siempre:',
    reason: (list: string, until: string | null) => (until === null ? list : `${list} hasta las ${until}`),
  },
  promise: {
    left: (time: string, minutes: number) => `${time} · en ${String(minutes)}\u00a0min`,
    late: (time: string, minutes: number) =>
      minutes === 0 ? `${time} · tarde` : `${time} · tarde ${String(minutes)}\u00a0min`,
  },
  orderType: {
    dine_in: 'Mesa',
    take_away: 'Para llevar',
    delivery: 'Domicilio',
    counter: 'Mostrador',
  },
  theme: { name: 'Apariencia', system: 'Del sistema', light: 'Clara', dark: 'Oscura' },
  motion: {
    name: 'Movimiento',
    less: 'Menos movimiento',
    on: 'Sí',
    off: 'No',
    system: 'Este computador ya pide menos movimiento.',
  },
  language: { name: 'Idioma', es: 'Español', en: 'English' },
  connection: {
    connecting: 'Conectando…',
    connected: 'Conectado',
    disconnected: 'Sin conexión',
    lost: (since: string) =>
      `Sin conexión con FastOps desde las ${since}. Lo que ve puede estar atrasado; nada de lo que escriba se pierde.`,
    storeAway: 'Sin base de datos',
    storeLost: (since: string) =>
      `La base de datos no responde desde las ${since}: no se puede guardar. Revise que el servidor esté encendido, y la red. Lo que escriba queda aquí y se envía solo cuando vuelva.`,
    starting: 'Conectando con FastOps…',
    unreachable:
      'FastOps no responde en este equipo. Revise que el programa principal esté abierto y que la red funcione; esta pantalla sigue intentando sola.',
  },
  failures: {
    link: 'No hay conexión con FastOps. No se perdió nada; vuelva a intentar cuando regrese la conexión.',
    slow: 'FastOps no contestó a tiempo. Vuelva a intentar; si ya se había hecho, no se hará dos veces.',
    odd: 'FastOps dio una respuesta que esta pantalla no entiende. Recargue la pantalla; si sigue así, avise al administrador.',
    token: 'Esta dirección no abre FastOps. Use el enlace completo que muestra el programa al iniciar.',
    notAllowed: (what: string) => `Su rol no permite ${what}. Pídalo a un gerente.`,
  },
};
