import type { ActionState, FailureState, TaskState } from "../../../protocol/folder-state.ts";
import type { ActionRecord, DamagedTask, ErrorRecord, TaskRecord } from "../../../store/index.ts";
import { type DismissedMarks, isDismissed } from "../../model/failure.ts";
import type { ActionProgressed, FolderSlices } from "../../model/observed-folder.ts";
import { failuresOfTask } from "../../problems/current-failures.ts";

/** The states of stored tasks that clients see. An unchanged record returns the same object, so that comparing is cheap. */
export class TaskStates {
  #known = new WeakMap<TaskRecord, TaskState>();
  readonly #seen = new WeakSet<TaskRecord>();
  readonly #damaged = new WeakMap<DamagedTask, TaskState>();
  #dismissals: DismissedMarks = {};
  /** By action class. */
  #maxAttempts: ReadonlyMap<string, number> = new Map();

  /** Call when one of these has changed. */
  update({ catalog, dismissals }: Pick<FolderSlices, "catalog" | "dismissals">): void {
    const attempts = catalog.classes.flatMap(({ kind, name, maxAttempts }) =>
      kind === "action" && maxAttempts ? [[name, maxAttempts] as const] : [],
    );
    this.#maxAttempts = new Map(attempts);
    this.#dismissals = dismissals;
    this.#known = new WeakMap();
  }

  /** True once for each record: the task has changed since the last call. */
  isNew(task: TaskRecord): boolean {
    return !this.#seen.has(task) && this.#seen.add(task) !== undefined;
  }

  stateOf(task: TaskRecord): TaskState {
    let state = this.#known.get(task);
    if (!state) {
      state = taskState(task, this.#maxAttempts, this.#dismissals);
      this.#known.set(task, state);
    }
    return state;
  }

  stateOfDamaged(task: DamagedTask): TaskState {
    let state = this.#damaged.get(task);
    if (!state) {
      state = damagedState(task);
      this.#damaged.set(task, state);
    }
    return state;
  }
}

/** Adds progress that is not in the store yet; returns the same object if it belongs to another task. */
export function withProgress(task: TaskState, event: ActionProgressed | undefined): TaskState {
  if (event?.task.id !== task.id) return task;
  const actions = task.actions.map((action) => (action.id === event.action.id ? { ...action, progress: { ...event.progress } } : action));
  return { ...task, actions };
}

function taskState(task: TaskRecord, maxAttempts: ReadonlyMap<string, number>, dismissals: DismissedMarks): TaskState {
  const dismissed = new Set(failuresOfTask(task).flatMap((failure) => (isDismissed(failure, dismissals) ? [failure.action] : [])));
  return {
    id: task.id,
    name: task.name,
    class: task.class,
    type: task.type,
    status: task.status,
    message: task.message,
    createdAt: task.createdAt,
    currentAction: task.currentAction,
    actions: task.actions
      .toSorted((a, b) => a.rank - b.rank)
      .map((action) => actionState(action, maxAttempts.get(action.class), dismissed.has(action.id))),
    ...(task.held && { held: true }),
    ...(task.nextAttemptAt !== undefined && { nextAttemptAt: task.nextAttemptAt }),
    ...(task.problem !== undefined && { problem: task.problem }),
    ...(task.error && { error: failureState(task.error) }),
    ...(dismissed.has("") && { dismissed: true }),
  };
}

function actionState(action: ActionRecord, maxAttempts: number | undefined, isDismissed: boolean): ActionState {
  return {
    id: action.id,
    name: action.name,
    class: action.class,
    rank: action.rank,
    attempt: action.attempt,
    ...(maxAttempts !== undefined && { maxAttempts }),
    ...(action.outcome !== undefined && { outcome: action.outcome }),
    ...(action.progress && { progress: { ...action.progress } }),
    ...(action.idlePauses !== undefined && { idlePauses: action.idlePauses }),
    ...(isRetried(action) && { isRetried: true }),
    ...(action.error && { error: failureState(action.error) }),
    ...(isDismissed && { dismissed: true }),
  };
}

/** A retry keeps the attempts, with their errors, and begins a new one only in the next tick. */
function isRetried({ outcome, error, attempts }: ActionRecord): boolean {
  return outcome === undefined && error === undefined && attempts.at(-1)?.error !== undefined;
}

function failureState({ name, message, file, line, column }: ErrorRecord): FailureState {
  return {
    name,
    message,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}

function damagedState({ id, name, class: className, problem }: DamagedTask): TaskState {
  return {
    id,
    name,
    class: className,
    type: "cron",
    status: "damaged",
    message: "",
    createdAt: "",
    currentAction: null,
    actions: [],
    problem,
  };
}
