import type { TaskType } from "../authoring/index.ts";
import type { SkippedTasks } from "../service/tick/skipped-tasks.ts";
import type {
  ReportedAction,
  ReportedActionOutcome,
  ReportedProcess,
  ReportedTask,
  TickOutcome,
  TickReport,
} from "../service/tick/tick-report.ts";
import { type ErrorJson, toErrorJson } from "./error-json.ts";

/** The output of `tick --json`; `drain --json` prints `{ "ticks": [ … ] }` of these. */
export interface TickJson {
  readonly outcome: TickOutcome;
  readonly durationMs: number;
  readonly tasks: readonly TickTaskJson[];
  /** Scheduled processes that are not tasks; omitted if none was due. */
  readonly processes?: readonly TickProcessJson[];
  /** The tasks it did not execute, by the reason; omitted if there are none. */
  readonly skipped?: SkippedTasks;
}

export interface TickTaskJson {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly type: TaskType;
  readonly status: ReportedTask["status"];
  readonly actions: readonly TickActionJson[];
  /** Why the task as a whole failed, apart from its actions. */
  readonly error?: ErrorJson;
}

export interface TickActionJson {
  readonly name: string;
  readonly class: string;
  readonly outcome: ReportedActionOutcome;
  readonly attempt: number;
  readonly durationMs: number;
  /** How many times in a row, counting this one, it has paused without changing its params, the task's params or its progress. */
  readonly idlePauses?: number;
  readonly error?: ErrorJson;
}

export interface TickProcessJson {
  readonly name: string;
  readonly outcome: ReportedProcess["outcome"];
  readonly message?: string;
  readonly error?: ErrorJson;
}

export function toTickJson(report: TickReport): TickJson {
  return {
    outcome: report.outcome,
    durationMs: report.durationMs,
    tasks: report.tasks.map(toTaskJson),
    ...(report.processes && report.processes.length > 0 && { processes: report.processes.map(toProcessJson) }),
    ...(report.skipped && { skipped: report.skipped }),
  };
}

function toTaskJson(task: ReportedTask): TickTaskJson {
  return {
    id: task.id,
    name: task.name,
    class: task.class,
    type: task.type,
    status: task.status,
    actions: task.actions.map(toActionJson),
    ...(task.error && { error: toErrorJson(task.error) }),
  };
}

function toActionJson(action: ReportedAction): TickActionJson {
  return {
    name: action.name,
    class: action.class,
    outcome: action.outcome,
    attempt: action.attempt,
    durationMs: action.durationMs,
    ...(action.idlePauses !== undefined && { idlePauses: action.idlePauses }),
    ...(action.error && { error: toErrorJson(action.error) }),
  };
}

function toProcessJson({ name, outcome, message, error }: ReportedProcess): TickProcessJson {
  return { name, outcome, ...(message !== undefined && { message }), ...(error && { error: toErrorJson(error) }) };
}
