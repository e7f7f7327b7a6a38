import type { AttemptJson } from "../../server/json/history-json.ts";
import { errorInWords } from "../../server/words/failure-words.ts";
import type { Outcome } from "../../server/words/outcome-words.ts";

/** The source of a timeline: a stored task or a history entry. */
export interface TimelineSubject {
  readonly name: string;
  readonly class: string;
  readonly actions: readonly TimelineAction[];
}

export interface TimelineAction {
  readonly name: string;
  readonly outcome?: Outcome;
  readonly attempts?: readonly AttemptJson[];
}

export interface Timeline {
  /** Epoch milliseconds; equal before the first attempt. */
  readonly from: number;
  readonly to: number;
  readonly rows: readonly TimelineRow[];
}

export interface TimelineRow {
  readonly name: string;
  readonly state: Outcome | "under-way" | "waiting";
  readonly bars: readonly TimelineBar[];
}

/** An attempt. Start and length are fractions of the whole, 0 to 1. */
export interface TimelineBar {
  readonly start: number;
  readonly length: number;
  readonly startedAt: string;
  /** Milliseconds of execution, without the pauses between ticks. */
  readonly durationMs: number;
  readonly failure?: string;
}

/** Places the attempts on a common time axis. */
export function timelineOf({ actions }: TimelineSubject): Timeline {
  const attempts = actions.flatMap((action) => action.attempts ?? []);
  const starts = attempts.map(({ startedAt }) => Date.parse(startedAt));
  const from = Math.min(...starts);
  const to = Math.max(...attempts.map(endOf));
  const span = to - from;
  return {
    from: attempts.length > 0 ? from : 0,
    to: attempts.length > 0 ? to : 0,
    rows: actions.map(({ name, outcome, attempts: own = [] }) => ({
      name,
      state: outcome ?? (own.length > 0 ? "under-way" : "waiting"),
      bars: own.map((attempt) => ({
        start: span > 0 ? (Date.parse(attempt.startedAt) - from) / span : 0,
        length: span > 0 ? attempt.durationMs / span : 1,
        startedAt: attempt.startedAt,
        durationMs: attempt.durationMs,
        ...(attempt.error && { failure: errorInWords(attempt.error) }),
      })),
    })),
  };
}

function endOf({ startedAt, durationMs }: AttemptJson): number {
  return Date.parse(startedAt) + durationMs;
}
