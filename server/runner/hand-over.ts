import { type ClassRename, InputError, needsClass } from "../service/index.ts";
import type { FolderRunner } from "./folder/folder-runner.ts";
import type { Trust } from "./trust.ts";

/**
 * Lets stored tasks find their class under its new name. Returns how many tasks that are.
 *
 * @throws InputError when the old class is there still, the new one is not, or no task is concerned.
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
