import type { ActionChange, ActionRecord, TaskRecord } from "../../store/index.ts";
import type { StepChange } from "../machine/task-machine.ts";

/** A class of tasks or of actions has another name than the stored ones know. */
export interface ClassRename {
  readonly of: "task" | "action";
  readonly from: string;
  readonly to: string;
}

/** Whether a stored task needs the class of the old name for what is still to be done. */
export function needsClass(task: TaskRecord, { of, from }: Pick<ClassRename, "of" | "from">): boolean {
  return of === "task" ? task.class === from : task.actions.some((action) => needsActionClass(action, task, from));
}

/** Names that were the class's, because nobody had chosen one, follow it. Actions that have ended keep the class that executed them. */
export function renameOf(task: TaskRecord, rename: ClassRename): StepChange | undefined {
  if (!needsClass(task, rename)) return undefined;
  const { of, from, to } = rename;
  // Why it was left alone may have been just this. If it was not, the next tick says so again.
  const unset = task.problem === undefined ? {} : { unset: ["problem"] as const };
  if (of === "task") return { set: { class: to, ...renamed(task, from, to) }, ...unset };
  const actions = task.actions
    .filter((action) => needsActionClass(action, task, from))
    .map((action): ActionChange => ({ id: action.id, set: { class: to, ...renamed(action, from, to) } }));
  return { actions, ...unset };
}

function needsActionClass(action: ActionRecord, task: TaskRecord, name: string): boolean {
  return action.class === name && (action.outcome === undefined || (task.currentAction === action.id && task.status === "failed"));
}

function renamed({ name }: { readonly name: string }, from: string, to: string): { readonly name?: string } {
  return name === from ? { name: to } : {};
}
