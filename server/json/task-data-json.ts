import type { DamagedTask, TaskRecord } from "../store/index.ts";
import { type AttemptJson, toAttemptJson } from "./history-json.ts";
import { type ActionJson, type DamagedTaskJson, type TaskJson, toDamagedTaskJson, toTaskJson } from "./list-json.ts";

/** A task as in `show --json`, with every stored attempt of its actions. */
export interface TaskDataJson extends Omit<TaskJson, "actions"> {
  readonly actions: readonly ActionDataJson[];
}

export interface ActionDataJson extends ActionJson {
  /** The first and the last attempts. */
  readonly attempts: readonly AttemptJson[];
}

export function toTaskDataJson(task: TaskRecord | DamagedTask): TaskDataJson | DamagedTaskJson {
  if ("raw" in task) return toDamagedTaskJson(task);
  const attempts = new Map(task.actions.map((action) => [action.id, action.attempts.map(toAttemptJson)]));
  const json = toTaskJson(task);
  return { ...json, actions: json.actions.map((action) => ({ ...action, attempts: attempts.get(action.id) ?? [] })) };
}
