import type { ActionRecord, ErrorRecord, TaskOutcome, TaskRecord } from "../../store/index.ts";
import type { ReportedAction, ReportedActionOutcome, ReportedTask } from "./tick-report.ts";

/** Collects what one tick does to one task. */
export class TaskReport {
  readonly #task: TaskRecord;
  readonly #actions = new Map<string, ReportedAction>();
  readonly #spent = new Map<string, number>();
  #error: ErrorRecord | undefined;

  constructor(task: TaskRecord) {
    this.#task = task;
  }

  /** Adds milliseconds spent in one of the author's methods. */
  spent(actionId: string, milliseconds: number): void {
    this.#spent.set(actionId, (this.#spent.get(actionId) ?? 0) + milliseconds);
  }

  /** The task as a whole failed. */
  failed(error: ErrorRecord): void {
    this.#error = error;
  }

  /** The state in which the tick leaves an action; undefined if it has not reached the action. */
  left(task: TaskRecord, action: ActionRecord): ReportedAction | undefined {
    const outcome = reportedOutcome(task, action);
    if (!outcome) return undefined;
    const { id, name, class: className, attempt, idlePauses, error } = action;
    const reported: ReportedAction = {
      id,
      name,
      class: className,
      outcome,
      attempt,
      durationMs: this.#spent.get(id) ?? 0,
      ...(outcome === "paused" && idlePauses !== undefined ? { idlePauses } : {}),
      ...(error && (outcome === "failed" || outcome === "will-retry") ? { error } : {}),
    };
    this.#actions.set(id, reported);
    return reported;
  }

  end(task: TaskRecord, outcome: TaskOutcome | undefined): ReportedTask {
    const { id, name, class: className, type } = this.#task;
    const status = outcome === "cancelled" ? "cancelled" : outcome ? "finished" : task.status;
    return {
      id,
      name,
      class: className,
      type,
      status,
      actions: [...this.#actions.values()],
      ...(this.#error ? { error: this.#error } : {}),
    };
  }
}

function reportedOutcome(task: TaskRecord, action: ActionRecord): ReportedActionOutcome | undefined {
  if (action.outcome === "not-started") return undefined;
  if (action.outcome) return action.outcome;
  if (task.currentAction !== action.id) return undefined;
  switch (task.status) {
    case "paused":
      return "paused";
    case "running":
      return "will-retry";
    case "starting":
    case "recovering":
    case "failed":
      return "failed";
    default:
      return undefined;
  }
}

/** Returns the report of a task that a user's request ended while the tick was executing it. */
export function asCancelled(task: ReportedTask): ReportedTask {
  const last = task.actions.at(-1);
  const isCutShort = last?.outcome === "paused";
  const actions = isCutShort ? [...task.actions.slice(0, -1), { ...last, outcome: "cancelled" as const }] : task.actions;
  return { ...task, status: "cancelled", actions };
}
