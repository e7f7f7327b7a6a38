import type { Change, DamagedTask, HistoryEntry, RequestBody, StoreSnapshot, TaskRecord } from "../../store/index.ts";
import { changedTask, toHistoryEntry } from "../../store/index.ts";
import { currentAction, isInFlight, onInterrupted, type StepChange } from "../machine/task-machine.ts";
import { renameOf } from "./class-rename.ts";
import { editOf, refusalOfEdit } from "./params-edit.ts";

export type PersonsRequest = "cancel" | "retry" | "pause" | "resume";

/** Why a request makes no sense for the task in its current state; `undefined` if it does. */
export function refusalOf(kind: PersonsRequest, task: TaskRecord): string | undefined {
  switch (kind) {
    case "cancel":
      return undefined;
    case "retry":
      if (task.status === "failed" || task.nextAttemptAt !== undefined) return undefined;
      return `Task ${task.name} (${task.id}) is ${task.status}: only a task that failed or is waiting for its next attempt can be retried.`;
    case "pause":
      return task.held ? `Task ${task.name} (${task.id}) is already paused.` : undefined;
    case "resume":
      return task.held ? undefined : `Task ${task.name} (${task.id}) was not paused by a user, so there is nothing to resume.`;
  }
}

/**
 * Returns the changes a request makes to the current tasks. Requests for missing tasks, and those that no longer make sense, change
 * nothing.
 */
export function effectsOf(request: RequestBody, tasks: TaskLookup, now: string): Change[] {
  switch (request.kind) {
    case "create":
      return request.tasks.filter((task) => !tasks.task(task.id)).map((task) => ({ kind: "create", task }));
    case "params": {
      const task = tasks.task(request.task);
      const edit = task && refusalOfEdit(task, request) === undefined ? editOf(task, request, now) : undefined;
      return task && edit ? [changeOf(task, edit)] : [];
    }
    case "class":
      return [...tasks.tasks()].flatMap((task) => {
        const change = renameOf(task, request);
        return change ? [changeOf(task, change)] : [];
      });
    case "interrupted":
      return [...tasks.tasks()]
        .filter((task) => task.fence === request.fence && isInFlight(task))
        .map((task) => changeOf(task, onInterrupted(task)));
    default: {
      const task = tasks.task(request.task);
      return !task || refusalOf(request.kind, task) ? [] : personsEffect(request.kind, task, now);
    }
  }
}

export interface TaskLookup {
  task(id: string): TaskRecord | undefined;
  tasks(): Iterable<TaskRecord>;
}

function personsEffect(kind: PersonsRequest, task: TaskRecord, now: string): Change[] {
  switch (kind) {
    case "cancel":
      return cancellation(task, now);
    case "pause":
      return [changeOf(task, { set: { held: true } })];
    case "resume":
      return [changeOf(task, { unset: ["held"] })];
    case "retry":
      return [retry(task)];
  }
}

/** The current action becomes `cancelled`; those that had not started become `not-started`. */
export function cancellation(task: TaskRecord, now: string): Change[] {
  const action = currentAction(task);
  const cancelled =
    action && action.outcome === undefined ? [changeOf(task, { actions: [{ id: action.id, set: { outcome: "cancelled" } }] })] : [];
  return [...cancelled, { kind: "end", id: task.id, outcome: "cancelled", endedAt: now }];
}

function retry(task: TaskRecord): Change {
  const action = currentAction(task);
  if (task.status !== "failed") return changeOf(task, { unset: ["nextAttemptAt"] });
  if (!action) return changeOf(task, { set: { status: "created" }, unset: ["error"] });
  if (action.error?.during === "initActionParams") {
    const untouched = { id: action.id, set: { attempt: 0 }, unset: ["outcome", "error"] as const };
    return changeOf(task, { set: { status: "created", currentAction: null }, actions: [untouched] });
  }
  return changeOf(task, { set: { status: "paused" }, actions: [{ id: action.id, set: { attempt: 1 }, unset: ["outcome", "error"] }] });
}

function changeOf(task: TaskRecord, change: StepChange): Change {
  return { kind: "change", id: task.id, ...change };
}

export interface CurrentTasks {
  readonly tasks: readonly TaskRecord[];
  readonly damaged: readonly DamagedTask[];
  /** Entries of the tasks that the requests end; newest first. */
  readonly ended: readonly HistoryEntry[];
}

/** Returns the tasks as they will be once the pending requests are fulfilled, for display. */
export function currentTasks(snapshot: StoreSnapshot): CurrentTasks {
  if (snapshot.requests.length === 0) return { ...snapshot, ended: [] };
  const ended: HistoryEntry[] = [];
  const tasks = new Map(snapshot.tasks.map((task) => [task.id, task]));
  const lookup = { task: (id: string) => tasks.get(id), tasks: () => tasks.values() };
  for (const request of snapshot.requests) {
    for (const change of effectsOf(request.body, lookup, request.at)) {
      if (change.kind === "create") tasks.set(change.task.id, change.task);
      if (change.kind !== "change" && change.kind !== "end") continue;
      const task = tasks.get(change.id);
      if (!task) continue;
      if (change.kind === "change") tasks.set(task.id, changedTask(task, change));
      else {
        tasks.delete(task.id);
        ended.unshift(toHistoryEntry(task, change.outcome, change.endedAt));
      }
    }
  }
  return { tasks: [...tasks.values()], damaged: snapshot.damaged, ended };
}
