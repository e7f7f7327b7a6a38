import { PROCESS_BRAND } from "./brand.ts";
import type { Deadline } from "./deadline.ts";

/**
 * Work that is due at scheduled times but is not a task (iTop: `iScheduledProcess`). Task classes with a `schedule` do not need one. Export
 * a subclass without constructor parameters from a task file.
 */
export abstract class ScheduledProcess {
  /** @internal */
  static readonly [PROCESS_BRAND] = true;

  /** When it is next due, seen from `now`; `null` for never. */
  abstract getNextOccurrence(now: Date): Date | null;

  /** Does the work within the deadline. Returns a sentence for the log. */
  abstract process(deadline: Deadline): Promise<string>;
}
