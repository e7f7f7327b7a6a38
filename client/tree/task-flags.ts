import type { ActionState, FolderState, TaskState } from "../../server/protocol/folder-state.ts";
import { hasFailure, hasOpenFailure, isFailure, isOpenFailure, situationOfTask } from "../../server/words/situation.ts";
import { isEditable } from "../model/editable.ts";

/** Returns the `viewItem` of a task: the words by which the menus in package.json select commands. */
export function contextOfTask(task: TaskState, tick: FolderState["tick"], now: number): string {
  const failed = hasFailure(task) ? ["failed"] : [];
  return ["task", ...flagsOf(task, tick, now), ...failed, ...(hasOpenFailure(task) ? ["dismissible"] : [])].join(" ");
}

/** Commands of a task are also offered on its current action. */
export function contextOfAction(action: ActionState, task: TaskState, tick: FolderState["tick"], now: number): string {
  const flags = task.currentAction === action.id ? flagsOf(task, tick, now) : [];
  const editable = isEditable(action, task, tick) ? ["editable"] : [];
  const failed = isFailure(action) ? ["failed"] : [];
  return ["action", ...flags, ...editable, ...failed, ...(isOpenFailure(action) ? ["dismissible"] : [])].join(" ");
}

function flagsOf(task: TaskState, tick: FolderState["tick"], now: number): string[] {
  const situation = situationOfTask(task, tick, now);
  if (situation === "damaged") return [];
  const can: Record<string, boolean> = {
    runnable: !["executing", "held", "problem", "failed", "waiting"].includes(situation),
    retryable: situation === "failed" || task.nextAttemptAt !== undefined,
    pausable: !task.held && situation !== "failed",
    resumable: task.held === true,
    cancellable: true,
  };
  return Object.keys(can).filter((flag) => can[flag]);
}
