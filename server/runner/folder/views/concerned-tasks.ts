import type { ActionRecord, ErrorRecord, TaskRecord } from "../../../store/index.ts";
import { ImportGraph } from "../../../workspace/index.ts";
import type { Catalog } from "../../model/observed-folder.ts";

/**
 * The tasks whose outcome may differ because these files have changed: with a class or failure in one of them, or in a file that imports
 * one. Excludes held tasks, and tasks that cannot run because their file fails to load.
 */
export function concernedTasks(
  tasks: readonly TaskRecord[],
  changed: ReadonlySet<string>,
  { classes, imports }: Catalog,
): readonly TaskRecord[] {
  const graph = ImportGraph.of(imports);
  const files = new Set([...changed].flatMap((file) => [...graph.dependents(file)]));
  const inFiles = new Set(classes.flatMap(({ file, name }) => (file !== undefined && files.has(file) ? [name] : [])));
  const usable = new Set(classes.flatMap(({ name, problem }) => (problem === undefined ? [name] : [])));
  return tasks.filter((task) => !task.held && isConcerned(task, inFiles, files) && isUsable(task, usable));
}

function isConcerned(task: TaskRecord, classes: ReadonlySet<string>, files: ReadonlySet<string>): boolean {
  const isOpen = ({ outcome }: ActionRecord) => outcome === undefined || (outcome === "failed" && task.status === "failed");
  const isInFiles = (action: ActionRecord) => classes.has(action.class) || hasFrameIn(action.error, files);
  return classes.has(task.class) || task.actions.some((action) => isOpen(action) && isInFiles(action));
}

function isUsable({ class: own, status, currentAction, actions }: TaskRecord, usable: ReadonlySet<string>): boolean {
  const next = actions.filter(({ id, outcome }) => id === currentAction || (status === "failed" && outcome === "failed"));
  return usable.has(own) && next.every((action) => usable.has(action.class));
}

function hasFrameIn(error: ErrorRecord | undefined, files: ReadonlySet<string>): boolean {
  if (!error) return false;
  return (error.file !== undefined && files.has(error.file)) || (error.frames ?? []).some(({ file }) => files.has(file));
}
