import { type ClassRename, InputError, needsClass } from "../service/index.ts";
import type { FolderRunner } from "./folder/folder-runner.ts";
import type { Trust } from "./trust.ts";

/**
 * Reassigns stored tasks to the new name of their class. Returns their number.
 *
 * @throws InputError if the old class still exists, the new one does not, or no task is affected.
 */
export async function handOver(folder: FolderRunner, trust: Trust, rename: ClassRename): Promise<{ readonly tasks: number }> {
  trust.require("change a task");
  const { of, from, to } = rename;
  const classes = await folder.classes();
  const exports = (name: string) => classes.some((candidate) => candidate.kind === of && candidate.name === name);
  const kind = of === "task" ? "a task class" : "an action class";
  if (exports(from)) throw new InputError(`A task file still exports ${kind} ${from}: its tasks do not need another class.`);
  if (!exports(to)) throw new InputError(`No task file exports ${kind} ${to}.`);
  const tasks = (await folder.tasks()).filter((task) => needsClass(task, rename)).length;
  if (tasks === 0) throw new InputError(`No stored task uses ${kind} ${from}.`);
  await folder.submit({ kind: "class", of, from, to });
  return { tasks };
}
