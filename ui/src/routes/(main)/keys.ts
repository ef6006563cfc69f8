// The keys of the main window, in one place: what they do, what the tooltips say, and the list behind `?`.

import type { Catalogue } from '$lib/i18n/es';

export const KEYS = {
  help: 'F1',
  tables: 'F2',
  takeAway: 'F3',
  kitchen: 'F4',
  edit: 'F6',
  count: 'F7',
  queue: 'F8',
  send: 'F9',
  lock: 'F10',
} as const;

/** Opens what can be done with the order in hand. */
export const ORDER_MENU = '/';
/** Fires the course that comes next, and steps to the next course and seat for what is typed. */
export const FIRE = '!';
const COURSE = '.';
const SEAT = ',';

export type Action =
  | keyof typeof KEYS
  | 'more'
  | 'less'
  | 'remove'
  | 'orderMenu'
  | 'fire'
  | 'course'
  | 'seat'
  | 'back'
  | 'search';

export type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>;

export interface Where {
  /** Something lies over the screen. */
  sheet: boolean;
  /** The key goes to a field. */
  typing: boolean;
  /** No field has anything in it that the key would belong to. */
  empty: boolean;
}

const FUNCTION_KEYS = new Map<string, Action>(
  Object.entries(KEYS).map(([action, key]) => [key, action as keyof typeof KEYS]),
);

/** Keys that write a sign, and mean something while nothing is written. */
const SIGNS = new Map<string, Action>([
  ['?', 'help'],
  ['+', 'more'],
  ['-', 'less'],
  ['Delete', 'remove'],
  [ORDER_MENU, 'orderMenu'],
  [FIRE, 'fire'],
  [COURSE, 'course'],
  [SEAT, 'seat'],
]);

/** What a key does; none for a key that belongs to a field, a sheet or the browser. */
export function actionOf(event: Pressed, where: Where): Action | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const action = FUNCTION_KEYS.get(event.key);
  if (where.sheet) return action === 'queue' ? action : null;
  if (action) return action;
  if (event.key === 'Escape') return 'back';
  const sign = SIGNS.get(event.key);
  if (sign && (where.empty || !where.typing)) return sign;
  return !where.typing && event.key.length === 1 && event.key !== ' ' ? 'search' : null;
}

/** Whether a key press belongs to a field or a sheet, and not to the window. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, dialog') !== null;
}

type Words = Catalogue['keys'];
type Caps = keyof Words['caps'];
type Row = { does: keyof Words['till']; caps: (caps: Record<Caps, string>) => string[]; action?: Action };

const ROWS: { group: keyof Words['till']; rows: Row[] }[] = [
  {
    group: 'find',
    rows: [
      { does: 'search', action: 'search', caps: (caps) => [caps.search] },
      { does: 'take', caps: (caps) => [caps.enter] },
      { does: 'choose', caps: (caps) => [caps.arrows] },
      { does: 'times', caps: (caps) => [caps.times] },
      { does: 'left', caps: () => ['Shift', 'F10'] },
    ],
  },
  {
    group: 'line',
    rows: [
      { does: 'more', action: 'more', caps: () => ['+'] },
      { does: 'less', action: 'less', caps: () => ['-'] },
      { does: 'count', action: 'count', caps: () => [KEYS.count] },
      { does: 'edit', action: 'edit', caps: () => [KEYS.edit] },
      { does: 'remove', action: 'remove', caps: (caps) => [caps.delete] },
      { does: 'course', action: 'course', caps: () => [COURSE] },
      { does: 'seat', action: 'seat', caps: () => [SEAT] },
      { does: 'fire', action: 'fire', caps: () => [FIRE] },
      { does: 'orderMenu', action: 'orderMenu', caps: () => [ORDER_MENU] },
      { does: 'send', action: 'send', caps: () => [KEYS.send] },
    ],
  },
  {
    group: 'sheet',
    rows: [
      { does: 'move', caps: (caps) => [caps.arrows] },
      { does: 'answer', caps: (caps) => [caps.enter] },
      { does: 'toggle', caps: (caps) => [caps.space] },
    ],
  },
  {
    group: 'go',
    rows: [
      { does: 'tables', action: 'tables', caps: () => [KEYS.tables] },
      { does: 'takeAway', action: 'takeAway', caps: () => [KEYS.takeAway] },
      { does: 'kitchen', action: 'kitchen', caps: () => [KEYS.kitchen] },
      { does: 'queue', action: 'queue', caps: () => [KEYS.queue] },
    ],
  },
  {
    group: 'other',
    rows: [
      { does: 'back', action: 'back', caps: (caps) => [caps.escape] },
      { does: 'lock', action: 'lock', caps: () => [KEYS.lock] },
      { does: 'help', action: 'help', caps: () => ['?', KEYS.help] },
    ],
  },
];

/** Every action that the list tells of. */
export const TOLD: readonly Action[] = ROWS.flatMap(({ rows }) => rows.flatMap((row) => row.action ?? []));

/** The list behind `?`, in words. */
export function shortcuts(words: Words) {
  return ROWS.map(({ group, rows }) => ({
    name: words.till[group],
    rows: rows.map((row) => ({ caps: row.caps(words.caps), does: words.till[row.does] })),
  }));
}
