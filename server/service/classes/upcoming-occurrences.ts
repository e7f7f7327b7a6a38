import type { Schedule } from "../../authoring/index.ts";

const COUNT = 5;
/** Milliseconds; a schedule of the author's own that takes longer is not asked for more. */
const PATIENCE = 100;

/**
 * The next five times that are still to begin, in epoch milliseconds; fewer where there are no more. Of a schedule with windows that is when
 * they open: one that is open now has begun already. Whatever the schedule is and returns, they are in order and all different.
 */
export function upcomingOccurrences(schedule: Schedule, now: number): readonly number[] {
  const giveUpAt = performance.now() + PATIENCE;
  const found: number[] = [];
  try {
    for (let last = now; found.length < COUNT && performance.now() < giveUpAt; ) {
      const next = firstAfter(schedule, last);
      if (next === undefined) break;
      found.push(next);
      last = next;
    }
  } catch {
    // Those before the one at which it throws are right.
  }
  return found;
}

/** @returns epoch milliseconds; `null`: never. @throws TypeError for what is no moment, and whatever the schedule throws. */
export function askOccurrence(schedule: Pick<Schedule, "getNextOccurrence">, now: number): number | null {
  const answer: unknown = schedule.getNextOccurrence(new Date(now));
  if (answer === null || answer === undefined) return null;
  // A tick takes whatever has an ISO string, be it another library's date.
  const moment = typeof (answer as Date).toISOString === "function" ? Number(answer) : Number.NaN;
  if (Number.isNaN(moment)) throw new TypeError(`getNextOccurrence must return a valid Date or null, not ${String(answer)}.`);
  return moment;
}

function firstAfter(schedule: Schedule, instant: number): number | undefined {
  const end = windowEnd(schedule, instant);
  if (end !== undefined) {
    // Both ends belong to a window: one that is open for longer at this one's end opens then.
    if (end > instant && (windowEnd(schedule, end) ?? end) > end) return end;
    return later(askOccurrence(schedule, end + 1), instant);
  }
  const next = later(askOccurrence(schedule, instant), instant);
  if (next !== undefined) return next;
  // An author's own schedule may count the very moment it is asked for. One that counts every moment has no beginning to tell.
  return later(askOccurrence(schedule, instant + 1), instant + 1);
}

function later(moment: number | null, instant: number): number | undefined {
  return moment !== null && moment > instant ? moment : undefined;
}

function windowEnd(schedule: Schedule, instant: number): number | undefined {
  const end = schedule.getWindowEnd?.(new Date(instant))?.getTime();
  return end !== undefined && end >= instant ? end : undefined;
}
