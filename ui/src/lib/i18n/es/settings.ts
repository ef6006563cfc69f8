// Words of the page for settings: what the house decides for itself, and what each decision means.

import { plural } from '../plural';

export const settings = {
  title: 'Ajustes',
  notAllowed: 'cambiar los ajustes',
  level: 'Para quién se decide',
  levels: { company: 'Toda la empresa', branch: 'Esta sucursal', terminal: 'Este equipo' },
  reach: {
    company: 'Vale en todas las sucursales, salvo donde una sucursal o un equipo decida otra cosa.',
    branch: 'Vale en toda esta sucursal, antes que lo de la empresa.',
    terminal: 'Vale solo en este equipo, antes que lo de la sucursal y lo de la empresa.',
  },
  source: {
    default: 'Como viene con el programa',
    company: 'Decidido para toda la empresa',
    branch: 'Decidido para esta sucursal',
    terminal: 'Decidido para este equipo',
  },
  back: {
    default: (value: string) => `Volver al valor inicial: ${value}`,
    company: (value: string) => `Usar lo de la empresa: ${value}`,
    branch: (value: string) => `Usar lo de la sucursal: ${value}`,
    terminal: (value: string) => `Usar lo del equipo: ${value}`,
  },
  otherwise: {
    branch: (value: string) => `Aquí vale lo que decidió esta sucursal: ${value}`,
    terminal: (value: string) => `En este equipo vale lo que decidió el equipo: ${value}`,
  },
  on: 'Sí',
  off: 'No',
  saving: 'Guardando…',
  saved: (name: string, value: string) => `Guardado. ${name}: ${value}`,
  lessOf: (name: string) => `Menos: ${name}`,
  moreOf: (name: string) => `Más: ${name}`,
  range: (least: string, most: string) => `De ${least} a ${most}`,
  notUnderstood: (example: string) => `No se entiende ese valor. Escríbalo así: ${example}.`,
  room: (rows: number, letters: number, longest: number) =>
    rows === 1
      ? `${String(longest)} de ${String(letters)} letras`
      : `Hasta ${String(rows)} líneas. La más larga: ${String(longest)} de ${String(letters)} letras`,
  fillIn: 'Se llena solo:',
  blanks: {
    receipt: 'Número del recibo',
    order: 'Número del pedido',
    total: 'Total',
    date: 'Fecha',
  },
  logo: {
    name: 'Logo',
    meaning:
      'La imagen con la que empiezan las cuentas y los recibos de esta sucursal, en blanco y negro. Las comandas no la llevan.',
    none: 'Sin logo',
    has: 'Decidido para esta sucursal',
    tried: 'Así saldrá en el papel. Todavía no está guardado.',
    on: (mm: number) => `En papel de ${String(mm)} mm`,
    choose: 'Elegir una imagen',
    chooseOther: 'Elegir otra',
    remove: 'Quitar',
    kept: 'Guardado. Las cuentas y los recibos salen con este logo.',
    takenAway: 'Quitado. Las cuentas y los recibos salen sin logo.',
  },
  nothing: 'Nada',
  none: 'No hay nada que decidir',
  noneHint: 'Los ajustes de esta parte se deciden para la sucursal o para toda la empresa.',
  units: {
    days: (count: number) => plural(count, 'día', 'días'),
    tickets: (count: number) => plural(count, 'comanda', 'comandas'),
    hours: (count: number) => `${String(count)} h`,
    minutes: (count: number) => `${String(count)} min`,
    seconds: (count: number) => `${String(count)} s`,
    megabytes: (count: string) => `${count} MB`,
    gigabytes: (count: string) => `${count} GB`,
    terabytes: (count: string) => `${count} TB`,
  },
  groups: {
    receipt: 'Cuentas y recibos',
    printing: 'Impresión',
    alerts: 'Avisos',
    session: 'Bloqueo de las cajas',
    backup: 'Copias de seguridad',
    retention: 'Cuánto se guarda',
    other: 'Otros',
  },
  each: {
    'receipt.head': {
      name: 'Datos del local',
      meaning: 'Dirección, NIT y teléfono: van bajo el nombre en cada cuenta y cada recibo.',
    },
    'receipt.foot': {
      name: 'Final del papel',
      meaning:
        'Lo último que lee el cliente en cuentas y recibos: las gracias, la propina voluntaria, el wifi.',
    },
    'receipt.qr': {
      name: 'Código QR del recibo',
      meaning:
        'Adónde lleva el código al final del recibo, por ejemplo una página. Vacío no imprime ninguno.',
    },
    'printing.catch_up_tickets': {
      name: 'Comandas para una puesta al día',
      meaning:
        'Si al volver una impresora esperan tantas comandas o más, salen juntas en un solo papel y no una por una.',
      zero: 'Nunca',
    },
    'printing.catch_up_seconds': {
      name: 'Cuánto debe durar la falla',
      meaning: 'Solo hay puesta al día si de esa impresora no salió nada durante este tiempo.',
      zero: 'Sin espera',
    },
    'printing.relief_seconds': {
      name: 'Cuándo ayuda la impresora de al lado',
      meaning:
        'Cuánto puede esperar una comanda en una impresora, si otra de la misma estación no tiene nada que hacer, antes de que la mitad más antigua pase a ella.',
    },
    'alerts.printer_trouble_seconds': {
      name: 'Impresora con problemas',
      meaning: 'Cuánto puede estar una impresora sin papel o sin contestar antes de que salga un aviso.',
      zero: 'Enseguida',
    },
    'alerts.late_ticket_seconds': {
      name: 'Comanda atrasada',
      meaning:
        'Cuánto puede esperar una comanda su papel, sin una falla conocida, antes de que salga un aviso.',
    },
    'alerts.free_disk_mib': {
      name: 'Poco espacio en el disco',
      meaning: 'Sale un aviso cuando en el disco de los datos queda menos espacio libre que este.',
      zero: 'Nunca',
    },
    'session.lock_minutes': {
      name: 'Bloqueo por inactividad',
      meaning:
        'Pasado ese tiempo sin tocar la pantalla, se pide el PIN otra vez. Lo escrito sin enviar se conserva.',
    },
    'alerts.shown': {
      name: 'Mostrar los avisos',
      meaning: 'Muestra la campana y sus avisos. Apáguelo en un equipo que ven los clientes.',
    },
    'alerts.first_steps': {
      name: 'Recordar los primeros pasos',
      meaning: 'Mientras falte alguno, quien administra lo ve en el salón y puede abrirlos desde allí.',
    },
    'backup.every_minutes': {
      name: 'Una copia cada',
      meaning: 'Cuando la última copia tiene esta edad, el programa hace otra.',
    },
    'retention.finished_jobs_days': {
      name: 'Comandas ya impresas',
      meaning: 'Cuánto se guarda cómo salió cada comanda de su impresora. Los pedidos no se borran.',
    },
    'retention.closed_orders_days': {
      name: 'Pedidos cerrados',
      meaning: 'Después de cuánto pasan los detalles de un pedido cerrado al archivo de su año.',
      zero: 'Nunca',
    },
  },
};
