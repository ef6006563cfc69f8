// The bump bar: what each key of the kitchen's keyboard means. A key held down acts once, because on a
// board that moves up by itself a repeated «1» would empty it.

import type { Catalogue } from '$lib/i18n/es';

export type KeyAction =
  | { readonly kind: 'bump'; readonly position: number }
  | {
      readonly kind: 'acknowledge' | 'recall' | 'sum' | 'done' | 'next' | 'previous' | 'fullScreen' | 'help';
    };

export type Key = Pick<KeyboardEvent, 'key' | 'repeat' | 'ctrlKey' | 'altKey' | 'metaKey'>;

const KEYS: Record<string, KeyAction> = {
  b: { kind: 'bump', position: 1 },
  a: { kind: 'acknowledge' },
  Enter: { kind: 'acknowledge' },
  r: { kind: 'recall' },
  s: { kind: 'sum' },
  h: { kind: 'done' },
  ArrowRight: { kind: 'next' },
  ArrowDown: { kind: 'next' },
  PageDown: { kind: 'next' },
  ArrowLeft: { kind: 'previous' },
  ArrowUp: { kind: 'previous' },
  PageUp: { kind: 'previous' },
  F11: { kind: 'fullScreen' },
  '?': { kind: 'help' },
  F1: { kind: 'help' },
};

/** The key that presses the button on which the keyboard stands. */
const PRESSES = 'Enter';

/** The action of a key; none for a key that means nothing here. `onButton` is whether the keyboard stands on one. */
export function keyAction(event: Key, onButton = false): KeyAction | null {
  if (onButton && event.key === PRESSES) return null;
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return null;
  if (/^[1-9]$/.test(event.key)) return { kind: 'bump', position: Number(event.key) };
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return KEYS[name] ?? null;
}

type Words = Catalogue['keys'];
type Row = {
  kind: KeyAction['kind'] | 'back';
  does: keyof Words['kitchen'];
  caps: (caps: Words['caps']) => string[];
};

const BAR: Row[] = [
  { kind: 'bump', does: 'bump', caps: (caps) => [caps.places] },
  { kind: 'bump', does: 'first', caps: () => ['B'] },
  { kind: 'acknowledge', does: 'acknowledge', caps: (caps) => ['A', caps.enter] },
  { kind: 'recall', does: 'recall', caps: () => ['R'] },
  { kind: 'sum', does: 'sum', caps: () => ['S'] },
  { kind: 'done', does: 'done', caps: () => ['H'] },
  { kind: 'next', does: 'page', caps: (caps) => [caps.pages] },
];

const SCREEN: Row[] = [
  { kind: 'fullScreen', does: 'fullScreen', caps: () => ['F11'] },
  { kind: 'back', does: 'back', caps: (caps) => [caps.escape] },
  { kind: 'help', does: 'help', caps: () => ['?', 'F1'] },
];

/** Every kind of action that the list tells of; the page back goes with the page on. */
export const TOLD: ReadonlySet<string> = new Set(['previous', ...[...BAR, ...SCREEN].map((row) => row.kind)]);

/** The list behind `?`, in words. */
export function shortcuts(words: Words) {
  const said = (rows: Row[]) =>
    rows.map((row) => ({ caps: row.caps(words.caps), does: words.kitchen[row.does] }));
  return [
    { name: words.kitchen.bar, rows: said(BAR) },
    { name: words.kitchen.screen, rows: said(SCREEN) },
  ];
}

/** Every action that a key has. */
export function actions(): KeyAction[] {
  return Object.values(KEYS);
}
