// Words of a house that is founded, and of what comes after it.

import { form } from '../plural';

export const firstRun = {
  progress: (step: number, steps: number) => `Paso ${String(step)} de ${String(steps)}`,
  titles: {
    place: '¿Dónde está su negocio?',
    house: '¿Qué negocio es?',
    you: '¿Quién es usted?',
  },
  hints: {
    place: 'De aquí salen la moneda y el impuesto de todos los precios. Revíselos bien.',
    house: 'Con esto quedan listas las estaciones, las mesas y la carta.',
    you: 'La primera persona lo puede todo. A los demás los agrega después.',
  },
  language: 'Idioma',
  country: 'País',
  otherCountry: 'Otro país',
  tax: (name: string) => `${name}, en %`,
  taxIncluded: 'Los precios ya lo incluyen. Confirme la tarifa con su contador.',
  taxAdded: 'Se suma al precio. Confirme la tarifa con su contador.',
  currency: (code: string) => `Los precios van en ${code}.`,
  name: 'Nombre del negocio',
  nameHint: 'Como debe salir en las cuentas.',
  kind: 'Clase de negocio',
  kinds: { restaurant: 'Restaurante', cafe: 'Café', bar: 'Bar', shop: 'Tienda' },
  menu: 'Carta',
  sample: 'Una de ejemplo',
  sampleHint: 'Unos pocos productos que cambia después',
  own: 'La mía, desde cero',
  ownHint: 'La escribe en «Carta»',
  tables: 'Mesas',
  fewerTables: 'Una mesa menos',
  moreTables: 'Una mesa más',
  tablesHint: 'Las mueve y las cambia en «Plano».',
  admin: 'Su nombre',
  adminHint: 'Así aparece al entrar y en cada pedido.',
  pin: 'PIN',
  pinHint: 'Cuatro números que pueda recordar.',
  pinAgain: 'El PIN otra vez',
  faults: {
    missing: 'Falta escribirlo.',
    rate: 'Escriba un porcentaje de 0 a 100, como 8 o 10,5.',
    shape: 'El PIN son cuatro números.',
    differs: 'No es el mismo PIN. Escríbalo otra vez.',
  },
  later: 'Seguir después',
  back: 'Atrás',
  next: 'Siguiente',
  found: 'Crear el negocio',
  founding: 'Creando…',
  steps: {
    title: 'Primeros pasos',
    done: (done: number, all: number) => `${String(done)} de ${String(all)} listos`,
    ready: 'Todo está listo para vender.',
    isDone: 'Listo',
    isOpen: 'Falta',
    printers: 'Impresoras',
    printersHint: (served: number, stations: number) =>
      stations === 1
        ? served === 1
          ? 'La estación tiene dónde imprimir.'
          : 'La estación no tiene dónde imprimir todavía.'
        : `${String(served)} de ${String(stations)} estaciones tienen dónde imprimir.`,
    menu: 'Carta',
    menuHint: (products: number) =>
      products === 0
        ? 'No hay productos todavía.'
        : products === 1
          ? 'Hay un producto a la venta.'
          : `Hay ${String(products)} productos a la venta.`,
    tables: 'Mesas',
    tablesHint: (tables: number) =>
      tables === 0
        ? 'Solo si atiende en mesas.'
        : tables === 1
          ? 'Hay una mesa.'
          : `Hay ${String(tables)} mesas.`,
    people: 'Personas',
    peopleHint: (people: number) =>
      people === 1
        ? 'Por ahora solo entra usted. Agregue a quienes trabajan aquí.'
        : `${String(people)} personas pueden entrar.`,
    ticket: 'Primera comanda',
    ticketHint: 'Tome un pedido de prueba y mírelo salir en papel.',
    ticketDone: 'Ya salió una comanda en papel.',
    open: 'Abrir',
    notAllowed: 'ver los primeros pasos',
    fromSettings: 'Ver los primeros pasos',
    left: (steps: string, count: number) => `${form(count, 'Falta', 'Faltan')} para empezar: ${steps}.`,
    look: 'Ver',
    forget: 'No recordarlo más',
    forgotten: 'No se recuerda más. Los primeros pasos siguen al pie de «Ajustes».',
  },
};
