// Words of the alerts: what is wrong, and what was.

import { plural } from '../plural';

export const alerts = {
  title: 'Avisos',
  bell: (count: number) =>
    count === 0 ? 'Avisos: todo está bien' : plural(count, 'aviso abierto', 'avisos abiertos'),
  allWell: 'Todo está bien. No hay avisos.',
  past: 'Ya resueltos, últimas 24 horas',
  since: (time: string) => `desde las ${time}`,
  between: (from: string, to: string) => `de ${from} a ${to}`,
};
