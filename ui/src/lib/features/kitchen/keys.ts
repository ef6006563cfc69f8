// The bump bar: what each key of the kitchen's keyboard means. A key held down acts once, because on a
// board that moves up by itself a repeated «1» would empty it.

export type KeyAction =
  | { readonly kind: 'bump'; readonly position: number }
  | { readonly kind: 'recall' | 'sum' | 'done' | 'next' | 'previous' | 'fullScreen' };

export type Key = Pick<KeyboardEvent, 'key' | 'repeat' | 'ctrlKey' | 'altKey' | 'metaKey'>;

const KEYS: Record<string, KeyAction> = {
  b: { kind: 'bump', position: 1 },
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
};

/** The action of a key; none for a key that means nothing here. */
export function keyAction(event: Key): KeyAction | null {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return null;
  if (/^[1-9]$/.test(event.key)) return { kind: 'bump', position: Number(event.key) };
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return KEYS[name] ?? null;
}
