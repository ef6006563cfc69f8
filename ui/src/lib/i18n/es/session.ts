// Words of signing in and of the frame around every screen.

import { plural } from '../plural';

export const session = {
  title: '¿Quién es usted?',
  pinFor: (name: string) => `Hola, ${name}`,
  pinHint: 'Escriba su PIN',
  pinDots: (count: number) => `${plural(count, 'cifra escrita', 'cifras escritas')}`,
  enter: 'Entrar',
  entering: 'Entrando…',
  otherPerson: 'Otra persona',
  terminal: 'Terminal',
  chooseTerminal: '¿Qué terminal es este equipo?',
  noUsers: 'Todavía no hay personas registradas. Un administrador debe crear la primera.',
  ended: 'Su sesión terminó. Entre de nuevo; su pedido sigue aquí.',
  demoPins: 'Demostración · PIN: Camila 1111, Jorge 2222, Luisa 3333, Ana 4444, Luis 5555, Cocina 6666',
  approval: {
    by: 'Lo autoriza',
    who: 'Elija quién lo autoriza',
    first: { why: 'Elija primero el motivo', rest: 'Responda primero lo demás' },
    pinOf: (name: string) => `PIN de ${name}`,
    give: 'Autorizar',
    nobody: 'Nadie de esta sucursal puede autorizarlo. Pida a un administrador que revise los permisos.',
    needed: (what: string) => `Para ${what} hace falta el PIN de quien pueda autorizarlo.`,
  },
  roles: {
    admin: 'Administración',
    manager: 'Gerencia',
    cashier: 'Caja',
    waiter: 'Mesas',
    kitchen: 'Cocina',
  },
  signOut: 'Salir',
  lock: 'Bloquear o cambiar de persona',
  locked: 'Pantalla bloqueada. Lo que se escribió sigue aquí, también para otra persona.',
  userMenu: (name: string) => `Menú de ${name}`,
  rail: {
    name: 'Secciones',
    tables: 'Mesas',
    takeAway: 'Para llevar',
    kitchen: 'Cocina',
    menu: 'Carta',
    plan: 'Plano',
    people: 'Personas',
    printers: 'Impresoras',
    settings: 'Ajustes',
    drawer: 'Cajón',
  },
  kitchenOnly: 'Su puesto es la cocina: abra la pantalla de cocina.',
  openKitchen: 'Abrir la pantalla de cocina',
  screens: {
    lost: {
      kitchen:
        'La pantalla de cocina se desconectó: su ventana quedó detrás de la caja y nadie ve sus comandas. Conecte el monitor y vuelve sola, o muéstrela aquí.',
      guests:
        'La pantalla del cliente se desconectó: su ventana quedó detrás de la caja. Conecte el monitor y vuelve sola, o muéstrela aquí para cerrarla.',
    },
    show: 'Mostrarla aquí',
  },
};
