import type { Json } from "../../authoring/index.ts";
import type { ActionRecord, RequestBody, TaskRecord, TaskStore } from "../../store/index.ts";
import { InputError } from "../input-error.ts";
import { findAction } from "./find-action.ts";
import { findSound } from "./find-stored.ts";
import { refusalOfEdit } from "./params-edit.ts";
import { type PersonsRequest, refusalOf } from "./request-effects.ts";

/** What requests need of a store. */
export interface RequestStore extends Pick<TaskStore, "read" | "history"> {
  submit(body: RequestBody): Promise<unknown>;
  /** The process that is ticking, where the store is shared by processes. */
  mutexHolder?(): Promise<{ readonly fence: number } | null>;
}

/**
 * Leaves a person's request to the tick under way or the next one. Returns the task as it was.
 *
 * @throws InputError when there is no such task, or the request makes no sense for it; StoreError
 */
export async function submitRequest(store: RequestStore, kind: PersonsRequest, idOrName: string): Promise<TaskRecord> {
  const task = await findSound(store, idOrName);
  const refusal = refusalOf(kind, task);
  if (refusal !== undefined) throw new InputError(refusal);
  await store.submit({ kind, task: task.id });
  return task;
}

export interface Edit {
  /** Id or name; the current action when left out. */
  readonly action?: string | undefined;
  readonly params: Json;
  /** The params the person has seen; those that are stored when left out. */
  readonly before?: Json | undefined;
}

/**
 * Replaces the params of an action that is not being executed. Returns the task and the action as they were.
 *
 * @throws InputError when there is no such task or action, or the edit is refused; StoreError
 */
export async function submitEdit(
  store: RequestStore,
  idOrName: string,
  { action: named, params, before }: Edit,
): Promise<{ readonly task: TaskRecord; readonly action: ActionRecord }> {
  const task = await findSound(store, idOrName);
  const action = findAction(task, named);
  // Named in any case: progress that is saved before the edit takes effect is never overwritten.
  const edit = { action: action.id, params, before: before === undefined ? action.params : before };
  const refusal = refusalOfEdit(task, edit, (await store.mutexHolder?.())?.fence);
  if (refusal !== undefined) throw new InputError(refusal);
  await store.submit({ kind: "params", task: task.id, ...edit });
  return { task, action };
}
