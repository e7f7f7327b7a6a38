import type { Schedule } from "./schedule.ts";
import { type WallClock, ZonedClock } from "./zoned-clock.ts";

export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

/** Starts at Sunday, as in `Date`. */
const WEEKDAYS: readonly Weekday[] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const WORKING_DAYS: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri"];
const DAY = 86_400_000;

interface WeeklyBase {
  readonly days: readonly Weekday[];
  /** IANA name, such as `Europe/Paris`. Default: the system's time zone. */
  readonly timeZone?: string;
  /** `false`: never due, but still validated. Default `true`. */
  readonly enabled?: boolean;
}

export interface WeeklyAt extends WeeklyBase {
  /** `HH:MM`, 24 hours. */
  readonly at: string;
  readonly from?: never;
  readonly to?: never;
}

export interface WeeklyWindow extends WeeklyBase {
  /** When the window opens, `HH:MM`, 24 hours. */
  readonly from: string;
  /** When the window closes; on the following day unless later than `from`. Both ends are inclusive. */
  readonly to: string;
  readonly at?: never;
}

/**
 * Due on certain days of the week: at a time (`at`), or at any time within a window (`from`, `to`).
 *
 * A window may extend past midnight and belongs to the day it opens on; if `from` equals `to`, it is open for 24 hours. Times are
 * wall-clock times: a repeated time counts at its first occurrence, a skipped one at the first moment after the gap.
 *
 * @throws RangeError for an invalid time, day or time zone, if no day is given, or if both a time and a window are given.
 */
export function weekly(options: WeeklyAt | WeeklyWindow): Schedule {
  const days = parseDays(options.days);
  const clock = new ZonedClock(options.timeZone, "weekly");
  const { enabled = true } = options;
  if (typeof enabled !== "boolean") throw new RangeError(`weekly: enabled must be true or false, not ${JSON.stringify(enabled)}.`);
  const where = `(${clock.timeZone})${enabled ? "" : ", disabled"}`;
  if (options.at !== undefined) {
    if (options.from !== undefined || options.to !== undefined)
      throw new RangeError("weekly: specify either at, or from and to, not both.");
    const at = time("at", options.at);
    return {
      getNextOccurrence: (now) => (enabled ? new Date(nextOpening(clock, days, at, now.getTime())) : null),
      describe: () => `${daysInWords(days)} at ${options.at} ${where}`,
      timeZone: clock.timeZone,
    };
  }
  if (options.from === undefined || options.to === undefined) throw new RangeError("weekly: specify either at, or both from and to.");
  const from = time("from", options.from);
  const to = time("to", options.to);
  const windowEnd = (now: Date) => (enabled ? endOfOpenWindow(clock, days, from, to, now.getTime()) : undefined);
  return {
    getNextOccurrence(now) {
      if (!enabled) return null;
      return new Date(windowEnd(now) === undefined ? nextOpening(clock, days, from, now.getTime()) : now);
    },
    getWindowEnd(now) {
      const end = windowEnd(now);
      return end === undefined ? null : new Date(end);
    },
    describe: () => `${daysInWords(days)} ${options.from}–${options.to} ${where}`,
    timeZone: clock.timeZone,
  };
}

/** When the clock first reaches `time` on one of the days, after `instant`. */
function nextOpening(clock: ZonedClock, days: ReadonlySet<Weekday>, time: TimeOfDay, instant: number): number {
  const reached = clock.furthestReached(instant);
  let day = startOfDay(reached);
  while (day + time <= reached || !days.has(weekdayOf(day))) day += DAY;
  return clock.firstReached(day + time);
}

/** When the window that is open at `instant` closes; if two adjoin, when the later one closes. */
function endOfOpenWindow(
  clock: ZonedClock,
  days: ReadonlySet<Weekday>,
  from: TimeOfDay,
  to: TimeOfDay,
  instant: number,
): number | undefined {
  const length = to > from ? to - from : to - from + DAY;
  const reached = clock.furthestReached(instant);
  let day = startOfDay(reached);
  // A window of an earlier day may still be open; look two days back, because a skipped day may lie between.
  const earliest = day - 2 * DAY;
  for (; day >= earliest; day -= DAY) {
    if (!days.has(weekdayOf(day)) || day + from > reached) continue;
    const end = clock.firstReached(day + from + length);
    if (instant <= end) return end;
  }
  return undefined;
}

function startOfDay(wallClock: WallClock): WallClock {
  return Math.floor(wallClock / DAY) * DAY;
}

function weekdayOf(wallClock: WallClock): Weekday {
  return WEEKDAYS[new Date(wallClock).getUTCDay()] as Weekday;
}

function parseDays(days: unknown): ReadonlySet<Weekday> {
  if (!Array.isArray(days) || days.length === 0) throw new RangeError('weekly: days must name at least one day, such as ["mon", "thu"].');
  for (const day of days) {
    if (!WEEKDAYS.includes(day)) throw new RangeError(`weekly: unknown day ${JSON.stringify(day)}; days are ${daysQuoted()}.`);
  }
  const set = new Set<Weekday>(days);
  if (set.size < days.length) throw new RangeError(`weekly: ${JSON.stringify(days)} names a day twice.`);
  return set;
}

function time(name: string, text: unknown): TimeOfDay {
  const parsed = parseTimeOfDay(text);
  if (parsed === undefined) {
    throw new RangeError(`weekly: ${name} must be a time from "00:00" to "23:59", such as "01:30", not ${JSON.stringify(text)}.`);
  }
  return parsed;
}

function daysQuoted(): string {
  return [...WORKING_DAYS, "sat", "sun"].map((day) => `"${day}"`).join(", ");
}

function daysInWords(days: ReadonlySet<Weekday>): string {
  if (days.size === 7) return "every day";
  const inOrder = [...WORKING_DAYS, "sat" as const, "sun" as const].filter((day) => days.has(day));
  if (inOrder.join() === WORKING_DAYS.join()) return "mon–fri";
  return inOrder.join(", ");
}

/** Milliseconds since midnight on the wall clock. */
type TimeOfDay = number;

/** Undefined where `text` is not `HH:MM`, from 00:00 to 23:59. */
function parseTimeOfDay(text: unknown): TimeOfDay | undefined {
  if (typeof text !== "string") return undefined;
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return hours === undefined ? undefined : (Number(hours) * 60 + Number(minutes)) * 60_000;
}
