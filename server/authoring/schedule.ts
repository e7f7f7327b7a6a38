/** When something is due. Create one with `cron`, `every` or `weekly`, or use any object of this shape. */
export interface Schedule {
  /** The first time it is due, seen from `now`; `now` itself inside an open window. `null`: disabled, or never due again. */
  getNextOccurrence(now: Date): Date | null;
  /** The end of the window that contains `now`, or `null` outside of one. Schedules without windows do not have this method. */
  getWindowEnd?(now: Date): Date | null;
  /** Describes the schedule briefly, including its time zone. */
  describe?(): string;
  /** IANA name of the time zone of its clock. Schedules that do not use a clock have none. */
  readonly timeZone?: string;
}
