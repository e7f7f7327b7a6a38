import type { ActionChange, ActionRecord, TaskRecord } from "../../store/index.ts";
import type { StepChange } from "../machine/task-machine.ts";

/** The new name of a task or action class that stored tasks know by its old name. */
export interface ClassRename {
  readonly of: "task" | "action";
  readonly from: string;
  readonly to: string;
}

/** True if the rest of a stored task needs the class of the old name. */
export function needsClass(task: TaskRecord, { of, from }: Pick<ClassRename, "of" | "from">): boolean {
  return of === "task" ? task.class === from : task.actions.some((action) => needsActionClass(action, task, from));
}

/** Default names follow the class's name. Ended actions keep the class that executed them. */
export function renameOf(task: TaskRecord, rename: ClassRename): StepChange | undefined {
  if (!needsClass(task, rename)) return undefined;
  const { of, from, to } = rename;
  // This may have been why it was skipped. If not, the next tick says so again.
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
