import { describe, expect, it } from 'vitest';
import { CallFailed } from '../../ipc/backend';
import type { ImportKind, ImportPreview } from '../../ipc/bindings.gen';
import { ScriptedBackend } from '../../ipc/testing';
import { MenuFiles } from './files.svelte';

function preview(...kinds: ImportKind[]): ImportPreview {
  const rows = kinds.map((kind, at) => ({
    row: at + 2,
    kind,
    code: '',
    name: 'Ajiaco',
    category: 'Sopas',
    changes: [],
    errors: [],
    seen: `${kind}-${String(at)}`,
  }));
  return { rows, new_categories: [], new_sizes: [], new_colors: [], unknown_columns: [] };
}

const DONE = { created: 1, changed: 1, variants: 0, same: 0, skipped: 0, categories: 0 };
const FILE = { name: 'carta.csv', read: () => Promise.resolve('YQ==') };

describe('a file of products', () => {
  it('is shown before anything is imported, beginning with what is wrong', async () => {
    const backend = new ScriptedBackend({ preview_import: () => preview('same', 'error', 'new') });
    const files = new MenuFiles(backend);
    await files.choose(FILE);
    expect(files.filter).toBe('error');
    expect(files.rows.map((row) => row.row)).toEqual([3]);
    expect(files.mayImport).toBe(false);
    expect(await files.import()).toBeNull();
    expect(backend.asked.map((one) => one.name)).toEqual(['preview_import']);
  });

  it('is imported without its bad rows only when that is said', async () => {
    const backend = new ScriptedBackend({
      preview_import: () => preview('changed', 'error', 'new'),
      import_products: () => DONE,
    });
    const files = new MenuFiles(backend);
    await files.choose(FILE);
    files.skipErrors = true;
    expect(files.mayImport).toBe(true);
    expect(await files.import()).toEqual(DONE);
    const [asked] = backend.requests('import_products');
    expect(asked).toMatchObject({
      name: 'carta.csv',
      bytes: 'YQ==',
      seen: ['changed-0', 'error-1', 'new-2'],
      skip_errors: true,
    });
    expect(files.preview).toBeNull();
  });

  it('is shown anew when the menu has changed since', async () => {
    let now = preview('changed', 'new');
    const backend = new ScriptedBackend({
      preview_import: () => now,
      import_products: () => {
        throw new CallFailed('menu_moved', 'La carta cambió.');
      },
    });
    const files = new MenuFiles(backend);
    await files.choose(FILE);
    now = preview('same', 'new');
    expect(await files.import()).toBeNull();
    expect(files.problem).toBe('La carta cambió.');
    expect(files.preview).toBe(now);
    expect(files.filter).toBe('new');
  });

  it('that got no answer is sent again with the same id, and another choice with another', async () => {
    let fails = true;
    const backend = new ScriptedBackend({
      preview_import: () => preview('new'),
      import_products: () => {
        if (fails) throw new CallFailed('link_down', 'Sin conexión.');
        return DONE;
      },
    });
    const files = new MenuFiles(backend);
    await files.choose(FILE);
    await files.import();
    expect(files.problem).toBe('Sin conexión.');
    fails = false;
    await files.import();
    await files.choose(FILE);
    await files.import();
    const ids = backend.requests('import_products').map((one) => one.command_id);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[1]);
  });

  it('that cannot be read says why, and nothing is shown', async () => {
    const backend = new ScriptedBackend({ preview_import: () => preview('new') });
    const files = new MenuFiles(backend);
    await files.choose({ name: 'x', read: () => Promise.reject(new Error('No se pudo abrir.')) });
    expect([files.problem, files.preview, files.doing]).toEqual(['No se pudo abrir.', null, null]);
  });

  it('is saved where the host says', async () => {
    const backend = new ScriptedBackend({});
    backend.saveProducts = () => Promise.resolve('Descargas/productos.csv');
    const files = new MenuFiles(backend);
    expect(await files.save('csv')).toEqual({ path: 'Descargas/productos.csv' });
    backend.saveProducts = () => Promise.reject(new Error('Sin permiso.'));
    expect(await files.save('csv')).toBeNull();
    expect(files.problem).toBe('Sin permiso.');
  });
});
