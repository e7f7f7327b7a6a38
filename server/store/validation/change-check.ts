import type { ActionRecord, TaskId, TaskRecord } from "../contract/task-record.ts";
import type { ActionChange, Change, TaskChange } from "../contract/transaction.ts";
import { ACTION_PROPERTIES, action, failure, schedule, TASK_PROPERTIES, task, taskOutcome } from "./record-shapes.ts";
import {
  distinct,
  finiteNumber,
  fixed,
  isObject,
  list,
  moment,
  object,
  oneOf,
  optional,
  partial,
  problemOf,
  removable,
  shown,
  text,
} from "./shape.ts";

/** How this version interprets a stored change. */
export type ChangeCheck =
  | { readonly kind: "sound"; readonly change: Change }
  /** The change concerns this task and leaves it in a state that cannot be interpreted. */
  | { readonly kind: "damaging"; readonly id: TaskId; readonly problem: string }
  /** The task that the change concerns cannot be identified. */
  | { readonly kind: "meaningless"; readonly problem: string };

const actionChange = object<ActionChange>({
  id: text,
  set: optional(partial<ActionRecord>({ ...ACTION_PROPERTIES, id: fixed() })),
  unset: optional(list(removable(ACTION_PROPERTIES))),
  beginAttempt: optional(moment),
  attemptDurationMs: optional(finiteNumber),
  failure: optional(failure),
});

const taskChange = object<TaskChange>({
  kind: oneOf({ change: true }),
  id: text,
  set: optional(partial<TaskRecord>({ ...TASK_PROPERTIES, id: fixed(), actions: fixed(), createdAt: fixed() })),
  unset: optional(list(removable(TASK_PROPERTIES))),
  actions: optional(list(actionChange)),
  addActions: optional(distinct(list(action), "id")),
});

const taskEnd = object<Extract<Change, { kind: "end" }>>({ kind: oneOf({ end: true }), id: text, outcome: taskOutcome, endedAt: moment });

export function checkChange(change: unknown): ChangeCheck {
  if (!isObject(change)) return { kind: "meaningless", problem: "a change is not an object" };
  switch (change.kind) {
    case "create":
      return judged(change, isObject(change.task) ? change.task.id : undefined, problemOf(task, change.task));
    case "change":
      return judged(change, change.id, problemOf(taskChange, change)?.replace("its set.", "its "));
    case "end":
      return judged(change, change.id, problemOf(taskEnd, change));
    case "schedule": {
      const problem = problemOf(schedule, change.schedule);
      return problem === undefined
        ? { kind: "sound", change: change as Change }
        : { kind: "meaningless", problem: `a schedule: ${problem}` };
    }
    default:
      return { kind: "meaningless", problem: `the kind of a change ${shown(change.kind)} is not known` };
  }
}

function judged(change: Record<string, unknown>, id: unknown, problem: string | undefined): ChangeCheck {
  if (typeof id !== "string") return { kind: "meaningless", problem: problem ?? "the id of its task is not a string" };
  return problem ? { kind: "damaging", id, problem } : { kind: "sound", change: change as unknown as Change };
}
