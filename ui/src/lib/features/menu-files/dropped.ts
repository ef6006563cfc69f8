// What somebody drops onto the page for a file of products.

/** How the names of files end that can be read. */
export const KINDS = ['.xlsx', '.csv', '.tsv', '.txt'];

/** Why what was dropped is not taken. */
export type Refused = { why: 'several'; count: number } | { why: 'kind'; name: string } | { why: 'none' };

/** The one file that was dropped, or why it is none. */
export function dropped(files: readonly File[]): { file: File } | { refused: Refused } {
  const [file, ...others] = files;
  if (file === undefined) return { refused: { why: 'none' } };
  if (others.length > 0) return { refused: { why: 'several', count: files.length } };
  const name = file.name.toLowerCase();
  if (!KINDS.some((kind) => name.endsWith(kind))) return { refused: { why: 'kind', name: file.name } };
  return { file };
}

/** Whether files are dragged, and not a text or a picture of a page. */
export function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
