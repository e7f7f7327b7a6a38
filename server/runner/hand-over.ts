import { type ClassRename, tasksToReassign } from "../service/index.ts";
import type { FolderRunner } from "./folder/folder-runner.ts";
import type { Trust } from "./trust.ts";

/**
 * Reassigns stored tasks to the new name of their class. Returns their number.
 *
 * @throws InputError if the old class still exists, the new one does not, or no task is affected.
 */
export async function handOver(folder: FolderRunner, trust: Trust, rename: ClassRename): Promise<{ readonly tasks: number }> {
  trust.require("change a task");
  const tasks = tasksToReassign(rename, await folder.classes(), await folder.tasks());
  const { of, from, to } = rename;
  await folder.submit({ kind: "class", of, from, to });
  return { tasks: tasks.length };
}
