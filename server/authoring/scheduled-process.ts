import { PROCESS_BRAND } from "./brand.ts";
import type { Deadline } from "./deadline.ts";

/**
 * What cron calls (iTop: `iScheduledProcess`): work that is due by the clock but is not a task. Classes of tasks with a `schedule` get
 * one for free. Export a subclass without constructor parameters from a task file.
 */
export abstract class ScheduledProcess {
  /** @internal */
  static readonly [PROCESS_BRAND] = true;

  /** When it is due next, seen from `now`; `null` for never. */
  abstract getNextOccurrence(now: Date): Date | null;

  /** Does the work within the deadline; returns a sentence for the log. */
  abstract process(deadline: Deadline): Promise<string>;
}
