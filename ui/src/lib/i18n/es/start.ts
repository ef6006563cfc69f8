// Words of the window that says why FastOps could not open.

import { plural } from '../plural';

export const start = {
  titles: {
    damaged: 'Los datos de este equipo están dañados',
    missing: 'Los datos de este equipo ya no están',
    newer: 'Hay que actualizar FastOps en este equipo',
    away: 'La base de datos no responde',
    full: 'El disco está lleno',
    other: 'FastOps no pudo abrir',
  },
  damaged:
    'FastOps revisa sus datos cada vez que abre. Hoy encontró el archivo dañado, y no siguió con él para no empeorarlo. No se borró nada.',
  missing:
    'Aquí había pedidos guardados, y el archivo desapareció o quedó vacío. FastOps no empezó de cero por su cuenta.',
  offerTitle: 'Hay una copia de seguridad en buen estado',
  made: 'Se hizo',
  lastOrder: 'Último pedido en ella',
  order: (number: number, age: string) => `N.º ${String(number)}, de hace ${age}`,
  noOrder: 'Ninguno todavía',
  later: 'Lo que vino después',
  laterHint: 'No está en la copia: habrá que escribirlo otra vez.',
  before: 'El archivo de ahora',
  beforeHint: 'Se guarda aparte. Nada se borra.',
  ago: (age: string) => `hace ${age}`,
  restore: (age: string) => `Restaurar la copia de hace ${age}`,
  restoring: 'Restaurando…',
  restoringHint: 'Puede tardar unos minutos. No apague el equipo ni cierre esta ventana.',
  notRestored: 'No se restauró, y todo sigue como estaba.',
  noneTitle: 'En este equipo no hay ninguna copia de seguridad en buen estado',
  noneHint:
    'No borre nada. Si guarda copias en otro disco, póngalas en la carpeta «backups» de los datos (cada copia son dos archivos) e intente de nuevo. Si no, llame a quien le ayuda con FastOps y muéstrele el detalle.',
  again: 'Intentar de nuevo',
  trying: 'Intentando…',
  quit: 'Salir',
  detail: 'Detalle para quien le ayude',
  loading: 'Abriendo FastOps…',
  age: {
    now: 'menos de un minuto',
    minutes: (minutes: number) => `${String(minutes)} min`,
    hours: (hours: number, minutes: number) =>
      minutes === 0 ? `${String(hours)} h` : `${String(hours)} h ${String(minutes)} min`,
    days: (days: number, hours: number) =>
      hours === 0 ? plural(days, 'día', 'días') : `${plural(days, 'día', 'días')} y ${String(hours)} h`,
  },
};
