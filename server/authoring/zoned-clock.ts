/**
 * A date and time shown by a wall clock, without a zone: the epoch milliseconds at which a clock in UTC shows the same. Do arithmetic on
 * it, including weekdays, as in UTC.
 */
export type WallClock = number;

const HOUR = 3_600_000;
/** More than the offset of any zone from UTC has ever been, including local mean times. */
const FARTHEST_OFFSET = 16 * HOUR;
/** More than any clock was ever set back: a whole day, when a date line was moved. */
const LONGEST_REPEAT = 26 * HOUR;

/** The wall clock of one time zone. All instants are epoch milliseconds. */
export class ZonedClock {
  /** The zone's IANA name. */
  readonly timeZone: string;
  readonly #format: Intl.DateTimeFormat;

  /**
   * @param timeZone an IANA name; without it the system's zone.
   * @param owner the beginning of the error message.
   * @throws RangeError for an unknown time zone.
   */
  constructor(timeZone: string | undefined, owner: string) {
    try {
      if (timeZone !== undefined && typeof timeZone !== "string") throw new RangeError();
      this.#format = new Intl.DateTimeFormat("en-US", { ...(timeZone === undefined ? {} : { timeZone }), timeZoneName: "longOffset" });
    } catch {
      const zone = JSON.stringify(timeZone);
      throw new RangeError(`${owner}: unknown time zone ${zone}; use an IANA name such as "Europe/Paris", or "UTC".`);
    }
    this.timeZone = this.#format.resolvedOptions().timeZone;
  }

  /** What the clock shows at `instant`. */
  wallClockAt(instant: number): WallClock {
    return instant + this.#offsetAt(instant);
  }

  /** When the clock first reaches `wallClock`: the first occurrence of a repeated time, or the moment after the gap for a skipped one. */
  firstReached(wallClock: WallClock): number {
    const before = wallClock - FARTHEST_OFFSET;
    const after = wallClock + FARTHEST_OFFSET;
    const offsetBefore = this.#offsetAt(before);
    const offsetAfter = this.#offsetAt(after);
    if (offsetBefore === offsetAfter) return wallClock - offsetBefore;
    const change = this.#offsetChange(before, after);
    const beforeChange = wallClock - offsetBefore;
    return beforeChange < change ? beforeChange : Math.max(change, wallClock - offsetAfter);
  }

  /** The latest time the clock has shown at or before `instant`: later than it shows now while it repeats times it has already shown. */
  furthestReached(instant: number): WallClock {
    const shown = this.wallClockAt(instant);
    const before = instant - LONGEST_REPEAT;
    const offsetBefore = this.#offsetAt(before);
    if (instant + offsetBefore <= shown) return shown;
    return Math.max(shown, this.#offsetChange(before, instant) - 1 + offsetBefore);
  }

  /** Every moment at which the clock shows `wallClock`, in order: none in a gap, two if the clock is set back. */
  momentsShowing(wallClock: WallClock): number[] {
    const candidates = [wallClock - this.#offsetAt(wallClock - FARTHEST_OFFSET), wallClock - this.#offsetAt(wallClock + FARTHEST_OFFSET)];
    return [...new Set(candidates)].filter((instant) => this.wallClockAt(instant) === wallClock).sort((a, b) => a - b);
  }

  /** When the clock will next be set back to a time not later than it shows now, if ever. */
  nextRepeat(instant: number): { readonly start: number; readonly wallClock: WallClock } | undefined {
    const end = instant + LONGEST_REPEAT;
    const offsetAfter = this.#offsetAt(end);
    if (offsetAfter >= this.#offsetAt(instant)) return undefined;
    const start = this.#offsetChange(instant, end);
    return { start, wallClock: start + offsetAfter };
  }

  /** The first moment after `low` with a different offset, to the second; one exists up to `high`. */
  #offsetChange(low: number, high: number): number {
    const offset = this.#offsetAt(low);
    let same = Math.floor(low / 1_000);
    let other = Math.ceil(high / 1_000);
    while (other - same > 1) {
      const middle = Math.floor((same + other) / 2);
      if (this.#offsetAt(middle * 1_000) === offset) same = middle;
      else other = middle;
    }
    return other * 1_000;
  }

  /** Milliseconds by which the clock is ahead of UTC. */
  #offsetAt(instant: number): number {
    const [, sign, hours, minutes, seconds] = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(this.#format.format(instant)) ?? [];
    const offset = (Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 1_000;
    return sign === "-" ? -offset : offset;
  }
}
