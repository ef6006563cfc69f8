// Whose part of a divided bill a line is, in a few words.

import type { Catalogue } from '../../i18n/es';
import type { DivisionView } from '../../ipc/bindings.gen';

/** "Parte 2", "1/3 cada una", "Partes 1 y 3"; `null` while the bill is whole, and of what nobody pays. */
export function shareOf(division: DivisionView | null, lineId: string, t: Catalogue): string | null {
  const weights = division?.lines.find((line) => line.line_id === lineId)?.weights;
  if (division === null || weights === undefined) return null;
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const sharing = division.parts.flatMap((part, at) => {
    const weight = weights[at] ?? 0;
    return weight > 0 ? [{ ...part, weight }] : [];
  });
  const { parts: words } = t;
  const [first] = sharing;
  if (first === undefined) return null;
  if (sharing.length === 1) return words.called(first.number, first.seat);
  if (sharing.some((part) => part.weight !== first.weight))
    return sharing
      .map((part) => `${words.called(part.number, part.seat)}: ${fraction(part.weight, all)}`)
      .join(' · ');
  if (sharing.length === weights.length) return words.each(`1/${String(sharing.length)}`);
  const who = sharing.map((part) => String(part.seat ?? part.number));
  return words.some(who.slice(0, -1).join(', '), who.at(-1) ?? '', first.seat !== null);
}

/** In lowest terms. */
function fraction(share: number, of: number): string {
  const divisor = common(share, of);
  return `${String(share / divisor)}/${String(of / divisor)}`;
}

function common(a: number, b: number): number {
  return b === 0 ? a : common(b, a % b);
}
