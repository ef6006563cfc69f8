// Text as it is compared: small letters without accents, so that "limon" finds "Limón".

export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .trim();
}
