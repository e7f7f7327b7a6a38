import { isDeepStrictEqual } from "node:util";
import type { ActionRecord, DamagedTask, HistoryAction, HistoryEntry, TaskOutcome, TaskRecord, Timestamp } from "./task-record.ts";

/** Derives the history entry from the record alone, so that it can be derived again after a crash. */
export function toHistoryEntry(task: TaskRecord, outcome: TaskOutcome, endedAt: Timestamp): HistoryEntry {
  const { id, name, class: className, type, message, params, createdAt, ticks } = task;
  const actions = task.actions.map(toHistoryAction).sort((a, b) => a.rank - b.rank);
  return { id, name, class: className, type, outcome, message, params, createdAt, endedAt, ticks, actions };
}

/** A damaged task that a user gave up; its raw lines stay readable as its params. */
export function damagedToHistoryEntry(task: DamagedTask, outcome: TaskOutcome, endedAt: Timestamp): HistoryEntry {
  const { id, name, class: className, problem: message, raw: params } = task;
  return { id, name, class: className, type: "cron", outcome, message, params, createdAt: endedAt, endedAt, ticks: 0, actions: [] };
}

function toHistoryAction({ id, name, class: className, rank, outcome, params, attempts, edits }: ActionRecord): HistoryAction {
  const durationMs = attempts.reduce((sum, attempt) => sum + attempt.durationMs, 0);
  const started = attempts.at(-1)?.params;
  return {
    id,
    name,
    class: className,
    rank,
    outcome: outcome ?? "not-started",
    ...(params !== started && !isDeepStrictEqual(params, started) && { params }),
    attempts,
    ...(edits && { edits }),
    durationMs,
  };
}
