import type { Json, Progress, TaskType } from "../authoring/index.ts";
import type { ActionOutcome, ActionRecord, DamagedTask, TaskRecord } from "../store/index.ts";
import { type ErrorJson, toErrorJson } from "./error-json.ts";
import { type ParamsEditJson, toParamsEditJson } from "./history-json.ts";

/** The output of `list --json`. */
export interface ListJson {
  readonly tasks: readonly (TaskJson | DamagedTaskJson)[];
}

/** The output of `show --json`. */
export interface TaskJson {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly type: TaskType;
  readonly status: string;
  readonly message: string;
  readonly params: Json;
  readonly createdAt: string;
  readonly currentAction: string | null;
  /** In rank order. */
  readonly actions: readonly ActionJson[];
  readonly held?: true;
  readonly nextAttemptAt?: string;
  readonly problem?: string;
  /** Why the task as a whole failed, apart from its actions. */
  readonly error?: ErrorJson;
}

export interface ActionJson {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly rank: number;
  readonly attempt: number;
  readonly params: Json;
  /** The most recent edits of its params by a user, oldest first. */
  readonly edits?: readonly ParamsEditJson[];
  readonly outcome?: ActionOutcome;
  readonly progress?: Progress;
  /** How many times in a row it has paused without changing its params, the task's params or its progress. */
  readonly idlePauses?: number;
  readonly error?: ErrorJson;
}

/** The same keys as any other task, `null` if a damaged one does not have the value. */
export interface DamagedTaskJson {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly type: null;
  readonly status: "damaged";
  readonly message: string;
  readonly params: null;
  readonly createdAt: null;
  readonly currentAction: null;
  readonly actions: readonly [];
  readonly problem: string;
  /** The task's text in the store. */
  readonly raw: string;
}

export function toListJson(tasks: readonly TaskRecord[], damaged: readonly DamagedTask[]): ListJson {
  return { tasks: [...tasks.map(toTaskJson), ...damaged.map(toDamagedTaskJson)] };
}

/** The text of the same document, in pieces: that of a million tasks is longer than a string may be. */
export function* listJsonText(tasks: readonly TaskRecord[], damaged: readonly DamagedTask[]): Iterable<string> {
  yield '{"tasks":[';
  let separator = "";
  for (const task of tasks) {
    yield separator + JSON.stringify(toTaskJson(task));
    separator = ",";
  }
  for (const task of damaged) {
    yield separator + JSON.stringify(toDamagedTaskJson(task));
    separator = ",";
  }
  yield "]}";
}

export function toTaskJson(task: TaskRecord): TaskJson {
  return {
    id: task.id,
    name: task.name,
    class: task.class,
    type: task.type,
    status: task.status,
    message: task.message,
    params: task.params,
    createdAt: task.createdAt,
    currentAction: task.currentAction,
    actions: task.actions.toSorted((a, b) => a.rank - b.rank).map(toActionJson),
    ...(task.held && { held: true }),
    ...(task.nextAttemptAt !== undefined && { nextAttemptAt: task.nextAttemptAt }),
    ...(task.problem !== undefined && { problem: task.problem }),
    ...(task.error && { error: toErrorJson(task.error) }),
  };
}

function toActionJson(action: ActionRecord): ActionJson {
  return {
    id: action.id,
    name: action.name,
    class: action.class,
    rank: action.rank,
    attempt: action.attempt,
    params: action.params,
    ...(action.edits && { edits: action.edits.map(toParamsEditJson) }),
    ...(action.outcome !== undefined && { outcome: action.outcome }),
    ...(action.progress && { progress: toProgressJson(action.progress) }),
    ...(action.idlePauses !== undefined && { idlePauses: action.idlePauses }),
    ...(action.error && { error: toErrorJson(action.error) }),
  };
}

function toProgressJson({ done, total, message }: Progress): Progress {
  return { ...(done !== undefined && { done }), ...(total !== undefined && { total }), ...(message !== undefined && { message }) };
}

export function toDamagedTaskJson({ id, name, class: className, problem, raw }: DamagedTask): DamagedTaskJson {
  return {
    id,
    name,
    class: className,
    type: null,
    status: "damaged",
    message: "",
    params: null,
    createdAt: null,
    currentAction: null,
    actions: [],
    problem,
    raw,
  };
}
