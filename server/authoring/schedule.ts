/** When something is due. Made by `cron`, `every` or `weekly`, or any object of this shape. */
export interface Schedule {
  /** The first moment it is due, seen from `now`; `now` itself inside an open window. `null`: disabled, or never again. */
  getNextOccurrence(now: Date): Date | null;
  /** The end of the window that `now` lies in, `null` outside of one. Schedules without windows have no such method. */
  getWindowEnd?(now: Date): Date | null;
  /** The schedule in a few words, with its time zone. */
  describe?(): string;
  /** IANA name of the zone whose clock it goes by. Schedules that go by no clock have none. */
  readonly timeZone?: string;
}
