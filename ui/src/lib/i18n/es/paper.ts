// Words of the simulated paper.

export const paper = {
  open: 'Papel',
  title: 'Papel de la demostración',
  hint: 'Tres impresoras simuladas reciben los mismos datos que una de verdad. Quíteles el papel y vea qué dice FastOps.',
  close: 'Cerrar el papel',
  none: 'Todavía no ha impreso nada.',
  noneHint: 'Envíe un pedido y su papel sale aquí.',
  slip: (number: number, printer: string) => `Papel ${String(number)} de ${printer}`,
  cutAt: (time: string) => `cortado a las ${time}`,
  conditions: {
    ready: 'Lista',
    paper_near_end: 'Poco papel',
    paper_out: 'Sin papel',
    paper_runs_out: 'Papel por acabarse',
    cover_open: 'Tapa abierta',
    cutter_jam: 'Cuchilla trabada',
    offline: 'Fuera de línea',
    hung: 'Colgada',
    slow: 'Lenta',
    unplugged: 'Sin corriente',
    cable_out: 'Sin cable de red',
  },
  mend: 'Dejarla lista',
  working: 'Imprime bien',
  conditionOf: (printer: string) => `Qué le pasa a ${printer}`,
  enlarge: (number: number) => `Ampliar el papel ${String(number)}`,
};
