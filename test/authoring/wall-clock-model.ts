/**
 * What the clock on the wall shows, minute by minute: a model of schedules that is slow, and too simple to be wrong. It knows nothing of
 * offsets; it reads the clock and looks.
 */
export interface Minute {
  /** Epoch milliseconds. */
  readonly instant: number;
  /** `YYYY-MM-DD HH:MM`, as the clock shows it. */
  readonly shown: string;
}

export const MINUTE = 60_000;
export const DAY = 1_440 * MINUTE;

const formats = new Map<string, Intl.DateTimeFormat>();

export function shownAt(timeZone: string, instant: number): string {
  let format = formats.get(timeZone);
  if (!format) {
    // The Swedish way to write a date and time is YYYY-MM-DD HH:MM.
    format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
    formats.set(timeZone, format);
  }
  return format.format(instant);
}

/** Every minute from `from` on, both ends included. */
export function minutesOf(timeZone: string, from: number, to: number): Minute[] {
  const minutes: Minute[] = [];
  for (let instant = Math.ceil(from / MINUTE) * MINUTE; instant <= to; instant += MINUTE) {
    minutes.push({ instant, shown: shownAt(timeZone, instant) });
  }
  return minutes;
}

/** When it counts as `time` on `date`: the first minute the clock shows that; if it never does, the first minute after the gap. */
export function momentOf(minutes: readonly Minute[], date: string, time: string): number | undefined {
  const wanted = `${date} ${time}`;
  const shown = minutes.find((minute) => minute.shown === wanted);
  if (shown) return shown.instant;
  return minutes.find((minute, index) => minute.shown > wanted && index > 0 && (minutes[index - 1]?.shown ?? "") < wanted)?.instant;
}

/** The dates from `first` to `last`, whether or not a clock ever showed them. */
export function datesBetween(first: string, last: string): string[] {
  const dates: string[] = [];
  for (let day = Date.parse(first); day <= Date.parse(last); day += DAY) dates.push(new Date(day).toISOString().slice(0, 10));
  return dates;
}

/** `mon` … `sun`. */
export function weekdayOfDate(date: string): string {
  return new Date(date).toLocaleDateString("en-US", { weekday: "short", timeZone: "UTC" }).toLowerCase();
}

/** The moments between two instants at which the clocks of a zone are changed, to the minute. */
export function clockChanges(timeZone: string, from: number, to: number): number[] {
  const zone = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  const offset = (instant: number) => zone.format(instant).split(", ")[1];
  const changes: number[] = [];
  for (let day = from; day < to; day += DAY) {
    if (offset(day) === offset(day + DAY)) continue;
    let [before, after] = [day, day + DAY];
    while (after - before > MINUTE) {
      const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
      if (offset(middle) === offset(before)) before = middle;
      else after = middle;
    }
    changes.push(after);
  }
  return changes;
}

/** Zones in which clocks are, or were, changed in unusual ways. */
export const UNUSUAL_ZONES = [
  "Europe/Paris",
  "America/New_York",
  /** By half an hour. */
  "Australia/Lord_Howe",
  /** At midnight: a day that begins at 01:00. */
  "America/Santiago",
  "Africa/Cairo",
  "Asia/Beirut",
  /** Back at midnight: 23:00 to 24:00 twice. */
  "America/Havana",
  /** Has left out a whole day. */
  "Pacific/Apia",
  /** Twice a year more, for Ramadan. */
  "Africa/Casablanca",
  /** By two hours. */
  "Antarctica/Troll",
  /** Has moved its standard time by half an hour. */
  "America/Caracas",
  "Asia/Kathmandu",
  "UTC",
];
