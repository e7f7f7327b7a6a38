import type { DamagedTaskJson } from "../protocol/json/list-json.ts";
import { type TaskDataJson, toTaskDataJson } from "../protocol/json/task-data-json.ts";
import { currentTasks, findTask, InputError, refusalOf } from "../service/index.ts";
import type { DamagedTask, TaskRecord } from "../store/index.ts";
import type { FolderRunner } from "./folder/folder-runner.ts";
import type { Trust } from "./trust.ts";

/** A stored task by its id or its name; of one that has ended the error says so. @throws InputError, StoreError */
export async function findStored({ store }: FolderRunner, idOrName: string): Promise<TaskRecord | DamagedTask> {
  const { tasks, damaged } = currentTasks(await store.read());
  const all = [...tasks, ...damaged];
  try {
    return findTask<TaskRecord | DamagedTask>(all, idOrName);
  } catch (error) {
    if (all.some(({ name }) => name === idOrName)) throw error;
    const ended = (await store.history()).find(({ id, name }) => id === idOrName || name === idOrName);
    if (!ended) throw error;
    throw new InputError(`Task ${ended.name} (${ended.id}) has ended: ${ended.outcome} at ${ended.endedAt}. The history shows it.`);
  }
}

/** Everything that is stored of a task. */
export async function taskData(folder: FolderRunner, idOrName: string): Promise<TaskDataJson | DamagedTaskJson> {
  return toTaskDataJson(await findStored(folder, idOrName));
}

/** Leaves a person's request to whoever ticks. @throws InputError when it makes no sense for the task as it is */
export async function requestOf(
  folder: FolderRunner,
  trust: Trust,
  kind: "cancel" | "retry" | "pause" | "resume",
  idOrName: string,
): Promise<void> {
  trust.require("no task is changed");
  const task = await findStored(folder, idOrName);
  if ("raw" in task)
    throw new InputError(`Task ${task.name} (${task.id}) is damaged and is left as it stands in the store: ${task.problem}`);
  const refusal = refusalOf(kind, task);
  if (refusal !== undefined) throw new InputError(refusal);
  await folder.submit({ kind, task: task.id });
}
