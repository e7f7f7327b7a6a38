import type { DebugFailureAnswer } from "../../../protocol/runner-protocol.ts";
import { type FailedAttempt, refusalOf } from "../../../service/index.ts";
import type { ErrorRecord, TaskRecord } from "../../../store/index.ts";
import type { RepeatResult } from "../../../supervisor/index.ts";

/**
 * Compares the result of a repeated attempt with its original result.
 *
 * @param stored the current task, unless it has ended.
 */
export function debugFailureAnswer(
  { error: before, call }: FailedAttempt,
  result: RepeatResult,
  stored: TaskRecord | undefined,
): DebugFailureAnswer {
  switch (result.outcome) {
    case "stopped":
      return { outcome: "stopped" };
    case "failed": {
      const { name, message } = result.error;
      return { outcome: isSame(before, result.error) ? "failed-again" : "failed-differently", error: { name, message } };
    }
    default:
      return { outcome: "passed", ...triedAgain(stored, call) };
  }
}

/** Ended actions and tasks are not retried. */
function triedAgain(task: TaskRecord | undefined, call: FailedAttempt["call"]): Pick<DebugFailureAnswer, "triedAgain"> {
  const isCurrent = call.method === "getNextAction" ? task?.error !== undefined : task?.currentAction === call.action;
  if (!task || !isCurrent) return {};
  if (refusalOf("retry", task) === undefined) return { triedAgain: "on-request" };
  return call.method === "executeAction" && task.status === "running" ? { triedAgain: "by-next-tick" } : {};
}

/** Same kind of error and, since messages may contain varying details, same message or same position. */
function isSame(before: ErrorRecord, after: ErrorRecord): boolean {
  const isFromSamePlace =
    before.file !== undefined && before.file === after.file && before.line === after.line && before.column === after.column;
  return before.name === after.name && (before.message === after.message || isFromSamePlace);
}
