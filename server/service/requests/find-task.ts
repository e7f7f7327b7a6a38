import type { TaskRecord } from "../../store/index.ts";
import { didYouMean } from "../closest-name.ts";
import { InputError } from "../input-error.ts";

/**
 * The task a person means by an id or by a name that only one task has.
 *
 * @throws InputError when there is no such task, or several of that name.
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
