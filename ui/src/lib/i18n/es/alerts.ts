// Words of the alerts: what is wrong, and what was.

import { plural } from '../plural';

export const alerts = {
  title: 'Avisos',
  bell: (count: number) =>
    count === 0 ? 'Avisos: ninguno abierto' : plural(count, 'aviso abierto', 'avisos abiertos'),
  allWell: 'No hay avisos abiertos.',
  past: 'Ya resueltos, últimas 24 horas',
  since: (time: string) => `desde las ${time}`,
  between: (from: string, to: string) => `de ${from} a ${to}`,
};
