import type { Schedule } from "../../authoring/index.ts";

const DEFAULT_COUNT = 5;
/** Milliseconds after which a slow user-defined schedule is not asked again. */
const PATIENCE = 100;

/**
 * Returns the next occurrences that have not started, by default five, in epoch milliseconds; fewer if there are no more. For a schedule with windows
 * these are the opening times: an open window has already started. In order and all different, whatever the schedule returns.
 */
export function upcomingOccurrences(schedule: Schedule, now: number, count = DEFAULT_COUNT): readonly number[] {
  const giveUpAt = performance.now() + PATIENCE;
  const found: number[] = [];
  try {
    for (let last = now; found.length < count && performance.now() < giveUpAt; ) {
      const next = firstAfter(schedule, last);
      if (next === undefined) break;
      found.push(next);
      last = next;
    }
  } catch {
    // Occurrences before the one that throws are valid.
  }
  return found;
}

/** @returns epoch milliseconds; `null`: never. @throws TypeError if the answer is not a time; any error thrown by the schedule. */
export function askOccurrence(schedule: Pick<Schedule, "getNextOccurrence">, now: number): number | null {
  const answer: unknown = schedule.getNextOccurrence(new Date(now));
  if (answer === null || answer === undefined) return null;
  // Like a tick, accepts anything with an ISO string, such as another library's date.
  const moment = typeof (answer as Date).toISOString === "function" ? Number(answer) : Number.NaN;
  if (Number.isNaN(moment)) throw new TypeError(`getNextOccurrence must return a valid Date or null, not ${String(answer)}.`);
  return moment;
}

function firstAfter(schedule: Schedule, instant: number): number | undefined {
  const end = windowEnd(schedule, instant);
  if (end !== undefined) {
    // Both ends belong to a window: if a longer window is open at this one's end, it opens then.
    if (end > instant && (windowEnd(schedule, end) ?? end) > end) return end;
    return later(askOccurrence(schedule, end + 1), instant);
  }
  const next = later(askOccurrence(schedule, instant), instant);
  if (next !== undefined) return next;
  // A user-defined schedule may include the very moment it is asked for. One that includes every moment has no start to report.
  return later(askOccurrence(schedule, instant + 1), instant + 1);
}

function later(moment: number | null, instant: number): number | undefined {
  return moment !== null && moment > instant ? moment : undefined;
}

function windowEnd(schedule: Schedule, instant: number): number | undefined {
  const end = schedule.getWindowEnd?.(new Date(instant))?.getTime();
  return end !== undefined && end >= instant ? end : undefined;
}
