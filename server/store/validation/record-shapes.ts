import type { FailureKind, Json, Progress, TaskType } from "../../authoring/index.ts";
import type {
  ActionOutcome,
  ActionRecord,
  AttemptRecord,
  ErrorRecord,
  FailureRecord,
  HistoryAction,
  HistoryEntry,
  ParamsEdit,
  ScheduleRecord,
  StackFrame,
  TaskOutcome,
  TaskRecord,
  TaskStatus,
} from "../contract/task-record.ts";
import {
  anything,
  count,
  distinct,
  either,
  exactly,
  finiteNumber,
  list,
  moment,
  nested,
  object,
  oneOf,
  optional,
  type Properties,
  text,
} from "./shape.ts";

/** More than the causes that are recorded with an error (`server/worker/error-capture`). */
const CAUSE_LEVELS = 32;

const params = anything<Json>();
export const taskOutcome = oneOf<TaskOutcome>({ finished: true, "finished-with-failures": true, cancelled: true });
const taskType = oneOf<TaskType>({ interactive: true, cron: true });
const taskStatus = oneOf<TaskStatus>({ created: true, starting: true, running: true, recovering: true, paused: true, failed: true });
const actionOutcome = oneOf<ActionOutcome>({ finished: true, failed: true, dropped: true, cancelled: true, "not-started": true });

const frame = object<StackFrame>({ function: optional(text), file: text, line: count, column: count });

function errorProperties(cause: ReturnType<typeof object<ErrorRecord>>): Properties<ErrorRecord> {
  return {
    name: text,
    message: text,
    stack: text,
    file: optional(text),
    line: optional(count),
    column: optional(count),
    frames: optional(list(frame)),
    cause: optional(cause),
  };
}

const error = nested<ErrorRecord>(CAUSE_LEVELS, (cause) => object(errorProperties(cause)));

export const failure = object<FailureRecord>({
  ...errorProperties(error),
  // Newer versions may know other kinds: it is only shown.
  kind: text as ReturnType<typeof oneOf<FailureKind>>,
  attempt: count,
  during: oneOf({ initActionParams: true, changeActionParamsOnError: true, executeAction: true }),
  at: moment,
});

const attempt = object<AttemptRecord>({
  startedAt: moment,
  durationMs: finiteNumber,
  params,
  savedParams: optional(params),
  error: optional(failure),
});

const paramsEdit = object<ParamsEdit>({ at: moment, before: params, after: params });

export const ACTION_PROPERTIES: Properties<ActionRecord> = {
  id: text,
  name: text,
  class: text,
  rank: finiteNumber,
  params,
  attempt: count,
  attempts: list(attempt),
  edits: optional(list(paramsEdit)),
  repaired: optional(exactly(true)),
  outcome: optional(actionOutcome),
  progress: optional(object<Progress>({ done: optional(finiteNumber), total: optional(finiteNumber), message: optional(text) })),
  idlePauses: optional(count),
  error: optional(failure),
};
export const action = object<ActionRecord>(ACTION_PROPERTIES);

export const TASK_PROPERTIES: Properties<TaskRecord> = {
  id: text,
  name: text,
  class: text,
  type: taskType,
  status: taskStatus,
  message: text,
  params,
  createdAt: moment,
  currentAction: either(text, exactly(null)),
  actions: distinct(list(action), "id"),
  ticks: count,
  fence: optional(count),
  held: optional(exactly(true)),
  nextAttemptAt: optional(moment),
  problem: optional(text),
  error: optional(error),
  scheduled: optional(exactly(true)),
};
export const task = object<TaskRecord>(TASK_PROPERTIES);

export const schedule = object<ScheduleRecord>({
  name: text,
  nextOccurrence: either(moment, exactly(null)),
  definition: optional(text),
  lastOccurrence: optional(moment),
  lastResult: optional(text),
});

const historyAction = object<HistoryAction>({
  id: text,
  name: text,
  class: text,
  rank: finiteNumber,
  outcome: actionOutcome,
  params: optional(params),
  attempts: list(attempt),
  edits: optional(list(paramsEdit)),
  durationMs: finiteNumber,
});

export const historyEntry = object<HistoryEntry>({
  id: text,
  name: text,
  class: text,
  type: taskType,
  outcome: taskOutcome,
  message: text,
  params,
  createdAt: moment,
  endedAt: moment,
  ticks: count,
  actions: list(historyAction),
});
