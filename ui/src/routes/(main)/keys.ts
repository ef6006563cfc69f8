// The keys of the main window, in one place: what they do and what the tooltips say.

export const KEYS = { tables: 'F2', takeAway: 'F3', kitchen: 'F4', queue: 'F8', send: 'F9' } as const;

/** Whether a key press belongs to a field or a sheet, and not to the window. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, dialog') !== null;
}

/** Whether the key writes one character. */
export function writes(event: KeyboardEvent): boolean {
  return event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
}
