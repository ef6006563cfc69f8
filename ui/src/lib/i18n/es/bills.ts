// Words of papers about money, and of the drawer.

import { plural } from '../plural';

export const bills = {
  preBill: 'Cuenta',
  receipt: 'Recibo',
  printPreBill: 'Imprimir la cuenta',
  printReceipt: 'Imprimir el recibo',
  where: {
    title: '¿En qué impresora?',
    hint: 'Este equipo no tiene una impresora al lado. Un gerente puede decir cuál es, en «Impresoras».',
    none: 'Todavía no hay impresoras.',
  },
  states: {
    queued: (printer: string) => `espera en ${printer}`,
    sending: (printer: string) => `imprimiendo en ${printer}`,
    sent: (printer: string) => `enviada a ${printer}`,
    printed: (printer: string) => `en papel, en ${printer}`,
    unconfirmed: (printer: string) => `enviada a ${printer}, que no confirma`,
    blocked: (printer: string) => `detenida en ${printer}`,
    failed: (printer: string) => `no salió en ${printer}`,
    cancelled: 'ya no hace falta',
    uncertain: (printer: string) => `no se sabe si salió en ${printer}`,
  },
  may: { bill: 'imprimir cuentas' },
  doubt: {
    banner: (count: number) =>
      `${plural(count, 'cuenta quizá no salió', 'cuentas quizá no salieron')}. Mire la impresora y diga qué pasó.`,
    answer: 'Responder',
    title: '¿Salió este papel?',
    look: (printer: string) => `Mire en ${printer}.`,
    yes: 'Sí, salió',
    yesDoes: 'Queda como impresa y no sale otra vez.',
    no: 'No, imprimir otra vez',
    noDoes: 'Sale de nuevo, marcada POSIBLE DUPLICADO.',
    drop: 'Ya no hace falta',
    dropDoes: 'No se imprime más.',
    order: (number: number) => `Pedido ${String(number)}`,
    table: (name: string) => `Mesa ${name}`,
    asked: (time: string) => `Se pidió a las ${time}.`,
    why: (cause: string) => `Qué pasó: ${cause}.`,
    none: 'Ya se sabe de todos los papeles.',
    done: {
      came_out: 'Queda como impresa.',
      print_again: 'Sale otra vez, marcada POSIBLE DUPLICADO.',
      discard: 'Ya no se imprime.',
    },
  },
  drawer: {
    name: 'Cajón',
    title: 'Abrir el cajón',
    why: '¿Para qué se abre? Queda escrito con su nombre.',
    reasons: {
      change: 'Dar cambio',
      count: 'Contar el dinero',
      deposit: 'Guardar dinero',
      mistake: 'Corregir un error',
    },
    other: 'Otro motivo',
    at: '¿El cajón de qué impresora?',
    confirm: 'Abrir el cajón',
    opened: (printer: string) => `Se abrió el cajón de ${printer}.`,
    unconfirmed: (printer: string) => `Se pidió abrir el cajón de ${printer}; esa impresora no confirma.`,
    shut: (printer: string) => `El cajón de ${printer} no se abrió. No se abrirá solo: pídalo otra vez.`,
  },
};
