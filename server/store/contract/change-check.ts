import {
  first,
  isObject,
  isTimestamp,
  problemOfAction,
  problemOfActionFields,
  problemOfTask,
  problemOfTaskFields,
} from "./record-check.ts";
import type { TaskId } from "./task-record.ts";
import type { Change } from "./transaction.ts";

/** How this version interprets a stored change. */
export type ChangeCheck =
  | { readonly kind: "sound"; readonly change: Change }
  /** The change concerns this task and leaves it in a state that cannot be interpreted. */
  | { readonly kind: "damaging"; readonly id: TaskId; readonly problem: string }
  /** The task that the change concerns cannot be identified. */
  | { readonly kind: "meaningless"; readonly problem: string };

export function checkChange(change: unknown): ChangeCheck {
  if (!isObject(change)) return { kind: "meaningless", problem: "a change is not an object" };
  switch (change.kind) {
    case "create":
      return judged(change, isObject(change.task) ? change.task.id : undefined, problemOfTask(change.task));
    case "change":
      return judged(change, change.id, problemOfTaskChange(change));
    case "end":
      return judged(change, change.id, isTimestamp(change.endedAt) ? undefined : "its end time is not a valid time");
    case "schedule": {
      const schedule = isObject(change.schedule) ? change.schedule : {};
      const sound = typeof schedule.name === "string" && (schedule.nextOccurrence === null || isTimestamp(schedule.nextOccurrence));
      return sound ? { kind: "sound", change: change as Change } : { kind: "meaningless", problem: "a schedule has no name or no time" };
    }
    default:
      return { kind: "meaningless", problem: `the kind of change ${JSON.stringify(change.kind)} is unknown` };
  }
}

function judged(change: Record<string, unknown>, id: unknown, problem: string | undefined): ChangeCheck {
  if (typeof id !== "string") return { kind: "meaningless", problem: problem ?? "the id of its task is not a string" };
  return problem ? { kind: "damaging", id, problem } : { kind: "sound", change: change as unknown as Change };
}

function problemOfTaskChange({ set = {}, actions = [], addActions = [], unset = [] }: Record<string, unknown>): string | undefined {
  if (!Array.isArray(actions) || !Array.isArray(addActions) || !Array.isArray(unset)) return "its change has an unknown form";
  return problemOfTaskFields(set) ?? first(actions, problemOfActionChange) ?? first(addActions, problemOfAction);
}

function problemOfActionChange(change: unknown): string | undefined {
  if (!isObject(change)) return "the change of an action is not an object";
  if (change.unset !== undefined && !Array.isArray(change.unset)) return "the change of an action has an unknown form";
  return problemOfActionFields(change.set ?? {});
}
