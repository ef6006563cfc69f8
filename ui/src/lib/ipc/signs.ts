// How soon a screen says that its core, or another window of its computer, has fallen silent: within five seconds. What
// a core needs until it says that something else has died is added up in the core (`domain::signs`); these are the
// screens' own limits, and what they count on.

/** Within this it is on every screen. */
export const WITHIN_MS = 5_000;

/** Time between two heartbeats of a core, and how late one may be while its store takes its time. */
export const BEAT_MS = 1_500;
export const READ_MS = 1_000;
/** Silence for this long is a lost connection: one beat may get lost. */
export const SILENCE_MS = 4_000;
/**
 * How long an attempt to be connected again may take, of which every screen shows that it is needed: a browser puts off
 * attempts that follow failed ones by up to five seconds.
 */
export const ATTEMPT_MS = 8_000;
/** From a word of the core, or the end of its silence, until it can be seen. */
export const PAINT_MS = 250;

/** How often a main window tells the guests' window that it is still there. */
export const WINDOW_BEAT_MS = 1_500;
/** Silence for this long, and what the guests' window shows may be old. */
export const WINDOW_SILENCE_MS = 4_000;
