import type { TaskRecord } from "../../store/index.ts";
import { didYouMean } from "../closest-name.ts";
import { InputError } from "../input-error.ts";

/**
 * Finds a task by its id or a unique name.
 *
 * @throws InputError if there is none, or several with that name.
 */
export function findTask<Task extends Pick<TaskRecord, "id" | "name">>(tasks: Iterable<Task>, idOrName: string): Task {
  const all = [...tasks];
  const byId = all.find((task) => task.id === idOrName);
  if (byId) return byId;
  const [only, ...others] = all.filter((task) => task.name === idOrName);
  if (!only) {
    const hint = didYouMean(idOrName, [...new Set(all.flatMap((task) => [task.name, task.id]))]);
    const none = all.length === 0 ? " There are no stored tasks." : " Run `background-tasks list` to see the stored tasks.";
    throw new InputError(`There is no task "${idOrName}".${hint || none}`);
  }
  if (others.length > 0) {
    const ids = [only, ...others].map((task) => task.id).join(", ");
    throw new InputError(`${others.length + 1} tasks are named "${idOrName}". Specify one by its id: ${ids}.`);
  }
  return only;
}
