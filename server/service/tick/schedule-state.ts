import type { Schedule } from "../../authoring/index.ts";
import type { ScheduleRecord } from "../../store/index.ts";

/** Whether something scheduled is due, and what to remember about it. */
export interface DueCheck {
  readonly isDue: boolean;
  /** What to store; undefined if it is already stored. */
  readonly record: ScheduleRecord | undefined;
}

/**
 * Compares a schedule with its stored state. If occurrences were missed while nothing ticked, it is due once; a missed window is not due.
 * An edited schedule starts over.
 *
 * @throws any error thrown by the schedule.
 */
export function checkDue(name: string, schedule: Schedule, known: ScheduleRecord | undefined, now: Date): DueCheck {
  const definition = schedule.describe?.();
  const isEdited = known !== undefined && known.definition !== definition;
  const next = known && !isEdited ? known.nextOccurrence : iso(schedule.getNextOccurrence(now));
  const isReached = next !== null && Date.parse(next) <= now.getTime();
  const isDue = isReached && isOpen(schedule, now);
  if (!isReached && known && !isEdited) return { isDue, record: undefined };
  const following = isReached ? iso(followingOccurrence(schedule, now)) : next;
  const last = isDue ? now.toISOString() : known?.lastOccurrence;
  return {
    isDue,
    record: {
      name,
      nextOccurrence: following,
      ...(definition === undefined ? {} : { definition }),
      ...(last === undefined ? {} : { lastOccurrence: last }),
      ...(known?.lastResult === undefined ? {} : { lastResult: known.lastResult }),
    },
  };
}

/** False outside the windows of a schedule that has windows. */
export function isOpen(schedule: Schedule, now: Date): boolean {
  return schedule.getWindowEnd === undefined || schedule.getWindowEnd(now) !== null;
}

/** One occurrence per window: the one after this window, not the next moment in it. */
function followingOccurrence(schedule: Schedule, now: Date): Date | null {
  const windowEnd = schedule.getWindowEnd?.(now);
  return schedule.getNextOccurrence(windowEnd ? new Date(windowEnd.getTime() + 1) : now);
}

function iso(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}
