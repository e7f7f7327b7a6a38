import type { Json } from "../authoring/index.ts";
import type { DamagedTaskJson } from "../json/list-json.ts";
import { type TaskDataJson, toTaskDataJson } from "../json/task-data-json.ts";
import type { EditParamsParams } from "../protocol/runner-protocol.ts";
import { currentTasks, findAction, findTask, InputError, refusalOf, refusalOfEdit } from "../service/index.ts";
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
  const task = await findSound(folder, idOrName);
  const refusal = refusalOf(kind, task);
  if (refusal !== undefined) throw new InputError(refusal);
  await folder.submit({ kind, task: task.id });
}

/** Replaces the params of an action, which is not being executed. Without an action: the current one. @throws InputError */
export async function editParams(
  folder: FolderRunner,
  trust: Trust,
  { task: idOrName, action: named, params, before }: Omit<EditParamsParams, "folder" | "action"> & { readonly action?: string },
): Promise<void> {
  trust.require("no task is changed");
  if (params === undefined) throw new InputError("Say which params: { params: … } is missing.");
  const task = await findSound(folder, idOrName);
  // What came as a message is JSON.
  const edit = { action: findAction(task, named).id, params: params as Json, ...(before !== undefined && { before: before as Json }) };
  const refusal = refusalOfEdit(task, edit, (await folder.store.tickOwner())?.fence);
  if (refusal !== undefined) throw new InputError(refusal);
  await folder.submit({ kind: "params", task: task.id, ...edit });
}

async function findSound(folder: FolderRunner, idOrName: string): Promise<TaskRecord> {
  const task = await findStored(folder, idOrName);
  if (!("raw" in task)) return task;
  throw new InputError(`Task ${task.name} (${task.id}) is damaged and is left as it stands in the store: ${task.problem}`);
}
