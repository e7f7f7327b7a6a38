import {
  first,
  isObject,
  isTimestamp,
  problemOfAction,
  problemOfActionFields,
  problemOfTask,
  problemOfTaskFields,
} from "./record-check.ts";
import type { ActionId, TaskId } from "./task-record.ts";
import type { TaskView } from "./task-view.ts";
import type { Change, Transaction } from "./transaction.ts";

/** What a stored change means to this version. */
export type ChangeCheck =
  | { readonly kind: "sound"; readonly change: Change }
  /** It is about this task, and makes it something that cannot be understood. */
  | { readonly kind: "damaging"; readonly id: TaskId; readonly problem: string }
  /** Not even the task it is about can be told. */
  | { readonly kind: "meaningless"; readonly problem: string };

export function checkChange(change: unknown): ChangeCheck {
  if (!isObject(change)) return { kind: "meaningless", problem: "a change is not an object" };
  switch (change.kind) {
    case "create":
      return judged(change, isObject(change.task) ? change.task.id : undefined, problemOfTask(change.task));
    case "change":
      return judged(change, change.id, problemOfTaskChange(change));
    case "end":
      return judged(change, change.id, isTimestamp(change.endedAt) ? undefined : "the time of its end is not a time");
    case "schedule": {
      const schedule = isObject(change.schedule) ? change.schedule : {};
      const sound = typeof schedule.name === "string" && (schedule.nextOccurrence === null || isTimestamp(schedule.nextOccurrence));
      return sound ? { kind: "sound", change: change as Change } : { kind: "meaningless", problem: "a schedule has no name or no time" };
    }
    default:
      return { kind: "meaningless", problem: `changes of the kind ${JSON.stringify(change.kind)} are not known` };
  }
}

function judged(change: Record<string, unknown>, id: unknown, problem: string | undefined): ChangeCheck {
  if (typeof id !== "string") return { kind: "meaningless", problem: problem ?? "the id of its task is not a text" };
  return problem ? { kind: "damaging", id, problem } : { kind: "sound", change: change as unknown as Change };
}

function problemOfTaskChange({ set = {}, actions = [], addActions = [], unset = [] }: Record<string, unknown>): string | undefined {
  if (!Array.isArray(actions) || !Array.isArray(addActions) || !Array.isArray(unset)) return "its change is not of the known form";
  return problemOfTaskFields(set) ?? first(actions, problemOfActionChange) ?? first(addActions, problemOfAction);
}

function problemOfActionChange(change: unknown): string | undefined {
  if (!isObject(change)) return "the change of an action is not an object";
  if (change.unset !== undefined && !Array.isArray(change.unset)) return "the change of an action is not of the known form";
  return problemOfActionFields(change.set ?? {});
}

/**
 * Why a transaction does not fit the state: it names a task or an action that is not there, or creates one that is. `undefined` when
 * it fits. Asked before any of its changes is applied, so that it is applied as a whole or not at all.
 */
export function misfitOf({ changes }: Transaction, view: Pick<TaskView, "task" | "damagedTask">): string | undefined {
  /** What the transaction's own earlier changes make of the tasks: the action ids, or `null` once the task has ended. */
  const own = new Map<TaskId, Set<ActionId> | null>();
  const actionsOf = (id: TaskId): Set<ActionId> | null => {
    const changed = own.get(id);
    if (changed !== undefined) return changed;
    const stored = view.task(id);
    return stored ? new Set(stored.actions.map((action) => action.id)) : null;
  };
  for (const change of changes) {
    if (change.kind === "schedule") continue;
    const id = change.kind === "create" ? change.task.id : change.id;
    const actions = actionsOf(id);
    if (change.kind === "create") {
      if (actions || view.damagedTask(id)) return `There is a stored task ${id} already.`;
      own.set(id, new Set(change.task.actions.map((action) => action.id)));
      continue;
    }
    if (!actions && !(change.kind === "end" && view.damagedTask(id))) return `There is no stored task ${id}.`;
    if (change.kind === "end") own.set(id, null);
    else if (actions) {
      const all = change.addActions ? new Set([...actions, ...change.addActions.map((action) => action.id)]) : actions;
      const unknown = change.actions?.find((action) => !all.has(action.id));
      if (unknown) return `Task ${id} has no action ${unknown.id}.`;
      own.set(id, all);
    }
  }
  return undefined;
}
