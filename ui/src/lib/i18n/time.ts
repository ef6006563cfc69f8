// Durations and clock times as people read them.

/** 75_000 ms is "1:15"; one hour or more is "1:02:09". */
export function clockDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0
    ? `${String(hours)}:${two(minutes)}:${two(seconds % 60)}`
    : `${two(minutes)}:${two(seconds % 60)}`;
}

/** Whole minutes that have passed. */
export function minutes(ms: number): number {
  return Math.max(0, Math.floor(ms / 60_000));
}

/** Seconds with one decimal below ten, whole above: "1,2" in Spanish, "1.2" in English. */
export function seconds(ms: number, language: 'es' | 'en'): string {
  const value = Math.max(0, ms) / 1000;
  const text = value < 9.95 ? value.toFixed(1) : String(Math.round(value));
  return language === 'es' ? text.replace('.', ',') : text;
}

/** The branch's wall clock, "20:14". */
export function wallClock(at: number, utcOffsetMinutes: number): string {
  return new Date(at + utcOffsetMinutes * 60_000).toISOString().slice(11, 16);
}

/** The branch's wall clock, and the day when it is another than the branch's today: "27 nov" in Spanish. */
export function momentOf(
  at: number,
  now: number,
  utcOffsetMinutes: number,
  language: 'es' | 'en',
): { day: string | null; time: string } {
  const local = (instant: number) => new Date(instant + utcOffsetMinutes * 60_000);
  const isToday = local(at).toISOString().slice(0, 10) === local(now).toISOString().slice(0, 10);
  const words = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return { day: isToday ? null : words.format(local(at)), time: wallClock(at, utcOffsetMinutes) };
}
