// Text as it is compared: small letters without accents, so that "limon" finds "Limón".

export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .trim();
}

/** Whether something is found by its name, or by the beginning of its number. */
export function isFoundBy(text: string, name: string, code: string): boolean {
  const wanted = plain(text);
  return plain(name).includes(wanted) || plain(code).startsWith(wanted);
}
