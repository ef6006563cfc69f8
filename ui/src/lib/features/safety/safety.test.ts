import { describe, expect, it } from 'vitest';
import { Safety } from './safety.svelte';

const FAILED = { es: 'Falló una copia de seguridad.', en: 'A backup failed.' };
const DAMAGED = { es: 'El archivo está dañado.', en: 'The file is damaged.' };

describe('the safety of the data', () => {
  it('says that a backup failed until somebody has read it, and again at the next one', () => {
    const safety = new Safety();
    safety.hear({ kind: 'menu_changed' }, 1);
    expect([safety.backup, safety.damage]).toEqual([null, null]);
    safety.hear({ kind: 'backup_failed', problem: FAILED }, 2);
    expect(safety.backup).toEqual({ sentence: FAILED, at: 2 });
    safety.dismiss();
    expect(safety.backup).toBeNull();
    safety.hear({ kind: 'backup_failed', problem: FAILED }, 3);
    expect(safety.backup?.at).toBe(3);
  });

  it('says that the file is damaged, whatever is read', () => {
    const safety = new Safety();
    safety.hear({ kind: 'data_damaged', problem: DAMAGED }, 5);
    safety.dismiss();
    expect(safety.damage).toEqual({ sentence: DAMAGED, at: 5 });
  });
});
