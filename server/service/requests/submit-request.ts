import type { Json } from "../../authoring/index.ts";
import type { ActionRecord, RequestBody, TaskRecord, TaskStore } from "../../store/index.ts";
import { InputError } from "../input-error.ts";
import { findAction } from "./find-action.ts";
import { findSound } from "./find-stored.ts";
import { refusalOfEdit } from "./params-edit.ts";
import { type PersonsRequest, refusalOf } from "./request-effects.ts";

/** The part of a store that requests need. */
export interface RequestStore extends Pick<TaskStore, "read" | "history"> {
  submit(body: RequestBody): Promise<unknown>;
  /** The process that is ticking, if several processes share the store. */
  mutexHolder?(): Promise<{ readonly fence: number } | null>;
}

/**
 * Submits a user's request to the current or next tick. Returns the task as it was.
 *
 * @throws InputError if the task does not exist, or the request makes no sense for it; StoreError
 */
export async function submitRequest(store: RequestStore, kind: PersonsRequest, idOrName: string): Promise<TaskRecord> {
  const task = await findSound(store, idOrName);
  const refusal = refusalOf(kind, task);
  if (refusal !== undefined) throw new InputError(refusal);
  await store.submit({ kind, task: task.id });
  return task;
}

export interface Edit {
  /** Id or name; default: the current action. */
  readonly action?: string | undefined;
  readonly params: Json;
  /** The params the user saw; default: the stored ones. */
  readonly before?: Json | undefined;
}

/**
 * Replaces the params of an action that is not being executed. Returns the task and the action as they were.
 *
 * @throws InputError if the task or the action does not exist, or the edit is refused; StoreError
 */
export async function submitEdit(
  store: RequestStore,
  idOrName: string,
  { action: named, params, before }: Edit,
): Promise<{ readonly task: TaskRecord; readonly action: ActionRecord }> {
  const task = await findSound(store, idOrName);
  const action = findAction(task, named);
  // Always set, so that progress saved before the edit takes effect is never overwritten.
  const edit = { action: action.id, params, before: before === undefined ? action.params : before };
  const refusal = refusalOfEdit(task, edit, (await store.mutexHolder?.())?.fence);
  if (refusal !== undefined) throw new InputError(refusal);
  await store.submit({ kind: "params", task: task.id, ...edit });
  return { task, action };
}
