import type { Wording } from "./wording.ts";

const DAY = 86_400_000;
const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const FORMATS = {
  time: TIME,
  second: { ...TIME, second: "2-digit" },
  day: { ...TIME, weekday: "short" },
  date: { ...TIME, day: "numeric", month: "short" },
  year: { ...TIME, day: "numeric", month: "short", year: "numeric" },
  full: { ...TIME, second: "2-digit", day: "numeric", month: "short", year: "numeric" },
  zoned: { ...TIME, weekday: "short", day: "numeric", month: "short", year: "numeric", timeZoneName: "short" },
  zonedSecond: { ...TIME, second: "2-digit", weekday: "short", day: "numeric", month: "short", year: "numeric", timeZoneName: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Creating a formatter costs as much as using it a thousand times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Formats as briefly as is unambiguous now: `14:03`, `Thu 01:30`, `12 Dec 01:30`. */
export function momentInWords(iso: string, wording: Wording): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return "";
  if (dateOf(at, wording) === dateOf(wording.now, wording)) return format("time", at, wording);
  if (Math.abs(at - wording.now) < 6 * DAY) return format("day", at, wording);
  const isThisYear = yearOf(at, wording) === yearOf(wording.now, wording);
  return format(isThisYear ? "date" : "year", at, wording);
}

/** Like `momentInWords`, but to the second if the user may be waiting for it. */
export function soonInWords(iso: string, wording: Wording): string {
  const at = Date.parse(iso);
  return Math.abs(at - wording.now) < 2 * 60_000 ? format("second", at, wording) : momentInWords(iso, wording);
}

/** Formats to the second, with the date. */
export function fullMoment(iso: string, wording: Wording): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? "" : format("full", at, wording);
}

/** Formats weekday, date and time zone, such as `Thu, 26 Nov 2026, 01:30 CET`; to the second if it is not a full minute. */
export function zonedMoment(iso: string, wording: Wording): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return "";
  return format(at % 60_000 === 0 ? "zoned" : "zonedSecond", at, wording);
}

/** IANA name of the time zone used for formatting. */
export function timeZoneOf({ locale, timeZone }: Pick<Wording, "locale" | "timeZone">): string {
  return timeZone ?? new Intl.DateTimeFormat(locale).resolvedOptions().timeZone;
}

/** `850 ms`, `2.1 s`, `3 min 20 s`, `1 h 5 min`, `4 d 2 h`: the two largest units, without what is zero. */
export function durationInWords(ms: number, { t, locale }: Pick<Wording, "t" | "locale">): string {
  if (ms < 999.5) return t("{0} ms", Math.max(0, Math.round(ms)));
  if (ms < 59_950) return t("{0} s", new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(ms / 1_000));
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) {
    const [minutes, rest] = split(seconds, 60);
    return rest === 0 ? t("{0} min", minutes) : t("{0} min {1} s", minutes, rest);
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 1_440) {
    const [hours, rest] = split(minutes, 60);
    return rest === 0 ? t("{0} h", hours) : t("{0} h {1} min", hours, rest);
  }
  const [days, rest] = split(Math.round(minutes / 60), 24);
  return rest === 0 ? t("{0} d", days) : t("{0} d {1} h", days, rest);
}

function split(count: number, size: number): [whole: number, rest: number] {
  return [Math.floor(count / size), count % size];
}

function format(kind: keyof typeof FORMATS, at: number, wording: Wording): string {
  return formatter(wording, kind, FORMATS[kind]).format(at);
}

function dateOf(at: number, wording: Wording): string {
  return formatter(wording, "dateOnly", { year: "numeric", month: "numeric", day: "numeric" }).format(at);
}

function yearOf(at: number, wording: Wording): string {
  return formatter(wording, "yearOnly", { year: "numeric" }).format(at);
}

function formatter({ locale, timeZone }: Wording, kind: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${kind}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, ...(timeZone !== undefined && { timeZone }) });
  formatters.set(key, made);
  return made;
}
