// Products out into a file, and in from one: what a file would change is seen first, and imported as it was seen.

import { CallFailed, sentenceOf, type Backend } from '../../ipc/backend';
import type { FileFormat, ImportedProducts, ImportPreview, ImportRow } from '../../ipc/bindings.gen';
import { Once } from '../../ipc/once';
import { counted, first, rowsOf, type Counts, type Filter } from './rows';

/** A file that somebody chose. */
export interface Chosen {
  name: string;
  /** Its bytes in base64; rejects with a sentence when they cannot be read. */
  read(): Promise<string>;
}

export class MenuFiles {
  preview = $state.raw<ImportPreview | null>(null);
  /** The file's name. */
  name = $state('');
  filter = $state<Filter>('all');
  /** Whether rows with errors are left out. */
  skipErrors = $state(false);
  /** What is being done. */
  doing = $state<'reading' | 'importing' | FileFormat | null>(null);
  /** Why it was not done, as a sentence. */
  problem = $state<string | null>(null);
  readonly #backend: Backend;
  readonly #once = new Once();
  #bytes = '';

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  readonly counts: Counts = $derived(counted(this.preview?.rows ?? []));
  readonly rows: readonly ImportRow[] = $derived(rowsOf(this.preview?.rows ?? [], this.filter));

  /** Rows that would be written. */
  get writes(): number {
    return this.counts.new + this.counts.changed;
  }

  get mayImport(): boolean {
    return this.writes > 0 && (this.counts.error === 0 || this.skipErrors) && this.doing === null;
  }

  /** Saves every product as a file; answers where it lies, null where the browser says so itself. */
  async save(format: FileFormat): Promise<{ path: string | null } | null> {
    return this.#do(format, async () => ({ path: await this.#backend.saveProducts(format) }));
  }

  /** Says why something is no file that can be read; what is shown stays. */
  refuse(why: string): void {
    this.problem = why;
  }

  async choose(file: Chosen): Promise<void> {
    this.preview = null;
    this.name = file.name;
    this.skipErrors = false;
    await this.#do('reading', async () => {
      this.#bytes = await file.read();
      await this.#look();
      this.filter = first(this.counts);
    });
  }

  /** Imports what is shown; when the menu has changed since, it is shown anew and nothing is imported. */
  async import(): Promise<ImportedProducts | null> {
    const rows = this.preview?.rows;
    if (rows === undefined || !this.mayImport) return null;
    const wish = { name: this.name, seen: rows.map((row) => row.seen), skip_errors: this.skipErrors };
    const bytes = this.#bytes;
    return this.#do('importing', async () => {
      const done = await this.#once
        .run(JSON.stringify(wish), (command_id) =>
          this.#backend.call('import_products', { command_id, bytes, ...wish }),
        )
        .catch(async (error: unknown) => {
          if (error instanceof CallFailed && error.code === 'menu_moved') await this.#look();
          throw error;
        });
      this.preview = null;
      return done;
    });
  }

  async #look(): Promise<void> {
    this.preview = await this.#backend.call('preview_import', { bytes: this.#bytes });
    if (this.counts.error === 0) this.skipErrors = false;
    if (rowsOf(this.preview.rows, this.filter).length === 0) this.filter = first(this.counts);
  }

  async #do<T>(what: NonNullable<MenuFiles['doing']>, work: () => Promise<T>): Promise<T | null> {
    if (this.doing !== null) return null;
    this.doing = what;
    this.problem = null;
    try {
      return await work();
    } catch (error) {
      this.problem = sentenceOf(error);
      return null;
    } finally {
      this.doing = null;
    }
  }
}
