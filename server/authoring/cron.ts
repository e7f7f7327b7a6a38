import { Cron } from "croner";
import type { Schedule } from "./schedule.ts";
import { type WallClock, ZonedClock } from "./zoned-clock.ts";

export interface CronOptions {
  /** IANA name, such as `Europe/Paris`. Default: the system's time zone. */
  readonly timeZone?: string;
}

/**
 * Due at the times of a cron expression: minute, hour, day of month, month, day of week (`30 1 * * mon-fri`), optionally preceded by a
 * field for seconds; or `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`.
 *
 * Clock changes are handled as in Vixie cron. An expression without a wildcard in hour, minute and second names times of day: a repeated
 * time is due once, at its first occurrence; a skipped time is due at the first moment after the gap. An expression with a wildcard is due
 * whenever the clock shows a matching time, in both of two equal hours, so that "every fifteen minutes" stays every fifteen minutes. If its
 * hour is not a wildcard, it is also due once after a gap that skipped some of its times.
 *
 * @throws RangeError if the expression or the time zone is invalid, or no date ever matches.
 */
export function cron(expression: string, { timeZone }: CronOptions = {}): Schedule {
  const pattern = parse(expression);
  const clock = new ZonedClock(timeZone, "cron");
  /** The first matching time after the given wall-clock time. */
  const nextMatch: NextMatch = (wallClock) => pattern.nextRun(new Date(wallClock))?.getTime();
  const [second = "", minute = "", hour = ""] = fields(pattern);
  const hourIsWildcard = isWildcard(hour);
  const repeats = hourIsWildcard || isWildcard(minute) || isWildcard(second);
  return {
    getNextOccurrence(now) {
      const instant = now.getTime();
      const candidates = [
        hourIsWildcard ? undefined : nextOfDay(clock, nextMatch, instant),
        repeats ? nextShown(clock, nextMatch, instant) : undefined,
      ].filter((candidate) => candidate !== undefined);
      return candidates.length === 0 ? null : new Date(Math.min(...candidates));
    },
    describe: () => `cron ${expression.trim()} (${clock.timeZone})`,
    timeZone: clock.timeZone,
  };
}

type NextMatch = (wallClock: WallClock) => WallClock | undefined;

/** When the clock first reaches a matching time that it has not reached before. */
function nextOfDay(clock: ZonedClock, nextMatch: NextMatch, instant: number): number | undefined {
  const match = nextMatch(clock.furthestReached(instant));
  return match === undefined ? undefined : clock.firstReached(match);
}

/** When the clock next shows a matching time, even if it has shown that time before. */
function nextShown(clock: ZonedClock, nextMatch: NextMatch, instant: number): number | undefined {
  let next: number | undefined;
  let match: WallClock | undefined = clock.wallClockAt(instant);
  while (next === undefined) {
    match = nextMatch(match);
    if (match === undefined) break;
    next = clock.momentsShowing(match).find((moment) => moment > instant);
  }
  const repeat = clock.nextRepeat(instant);
  const repeatedMatch = repeat && nextMatch(repeat.wallClock - 1);
  if (!repeat || repeatedMatch === undefined) return next;
  return Math.min(next ?? Number.POSITIVE_INFINITY, repeat.start + (repeatedMatch - repeat.wallClock));
}

/** Parses the expression with croner, which only ever sees wall-clock times; this module converts them to the time zone. */
function parse(expression: string): Cron {
  let pattern: Cron;
  try {
    pattern = new Cron(expression, { utcOffset: 0, paused: true });
    if (pattern.getPattern() === undefined) throw new TypeError("it is a single date");
  } catch (error) {
    const reason = (error as Error).message.replace(/^CronPattern: /, "").replace(/\.$/, "");
    throw new RangeError(
      `cron: ${JSON.stringify(expression)} is not a valid cron expression (${reason}). Example: "30 1 * * mon" means 01:30 on Mondays.`,
    );
  }
  if (pattern.nextRun(new Date(0)) === null) throw new RangeError(`cron: no date ever matches ${JSON.stringify(expression)}.`);
  return pattern;
}

/** Seconds, minutes, hours and so on. */
function fields(pattern: Cron): string[] {
  const given = (pattern.getPattern() ?? "").trim().split(/\s+/);
  return given.length === 5 ? ["0", ...given] : given;
}

function isWildcard(field: string): boolean {
  return /[*?]/.test(field);
}
