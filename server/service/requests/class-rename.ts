import type { ActionChange, ActionRecord, TaskRecord } from "../../store/index.ts";
import type { ClassDescription } from "../classes/class-description.ts";
import { InputError } from "../input-error.ts";
import type { StepChange } from "../machine/task-machine.ts";

/** The new name of a task or action class that stored tasks know by its old name. */
export interface ClassRename {
  readonly of: "task" | "action";
  readonly from: string;
  readonly to: string;
}

/**
 * Returns the stored tasks that a rename changes.
 *
 * @throws InputError if the old class still exists, the new one does not, or no task is affected.
 */
export function tasksToReassign(
  { of, from, to }: ClassRename,
  classes: readonly Pick<ClassDescription, "kind" | "name">[],
  tasks: readonly TaskRecord[],
): readonly TaskRecord[] {
  const exports = (name: string) => classes.some((candidate) => candidate.kind === of && candidate.name === name);
  const kind = of === "task" ? "a task class" : "an action class";
  if (exports(from)) throw new InputError(`A task file still exports ${kind} ${from}: its tasks do not need another class.`);
  if (!exports(to)) throw new InputError(`No task file exports ${kind} ${to}.`);
  const affected = tasks.filter((task) => needsClass(task, { of, from }));
  if (affected.length === 0) throw new InputError(`No stored task uses ${kind} ${from}.`);
  return affected;
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
